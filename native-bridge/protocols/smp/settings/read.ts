import { type SmpCommand } from '../command.ts';
import { optional, readBytes, readCount } from '../fields.ts';
import { GROUP } from '../groups.ts';

export interface SettingReadParams {
  readonly key: string;
  /** Ask for no more than this; the device has a limit of its own. */
  readonly maxBytes?: number;
}

export interface SettingValue {
  /** Bytes without a type: only who defined the key knows what they mean. */
  readonly value: Uint8Array;
  /** The device's limit, where it is below what was asked for. */
  readonly maxBytes: number | null;
}

/** A setting's value, as it is in the running system. Zephyr, settings group, "Read setting". */
export const settingRead: SmpCommand<SettingReadParams, SettingValue> = {
  name: 'settings/read',
  group: GROUP.settings,
  id: 0,
  operation: 'read',
  idempotent: true,
  encode: ({ key, maxBytes }) => ({ name: key, max_size: maxBytes }),
  decode: (body) => ({
    value: readBytes(body, 'val'),
    maxBytes: optional(readCount, body, 'max_size'),
  }),
};
