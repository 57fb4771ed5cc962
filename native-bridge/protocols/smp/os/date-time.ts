import { type SmpCommand } from '../command.ts';
import { SmpFormatError } from '../errors.ts';
import { readText } from '../fields.ts';
import { GROUP } from '../groups.ts';
import { decodeNothing, encodeNothing } from '../nothing.ts';

/** The device's clock as text, `2026-11-22T21:52:27`: maybe with a fraction, and with an offset. */
export interface DeviceTime {
  readonly dateTime: string;
}

const FORM = /^\d{4,5}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/;

/** Refused with `clock-not-set` where nobody set it yet. Zephyr, OS group, "Date-time get". */
export const dateTimeGet: SmpCommand<void, DeviceTime> = {
  name: 'os/date-time-get',
  group: GROUP.os,
  id: 4,
  operation: 'read',
  idempotent: true,
  encode: encodeNothing,
  decode: (body) => {
    const dateTime = readText(body, 'datetime');
    if (!FORM.test(dateTime)) throw new SmpFormatError('field-range', { field: 'datetime' });
    return { dateTime };
  },
};

/**
 * Zephyr takes 19 to 26 characters of the form above. Not idempotent: sent again later, it sets the
 * clock back. Zephyr, OS group, "Date-time set".
 */
export const dateTimeSet: SmpCommand<DeviceTime, void> = {
  name: 'os/date-time-set',
  group: GROUP.os,
  id: 4,
  operation: 'write',
  idempotent: false,
  encode: ({ dateTime }) => ({ datetime: dateTime }),
  decode: decodeNothing,
};
