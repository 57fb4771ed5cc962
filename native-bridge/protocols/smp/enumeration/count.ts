import { type SmpCommand } from '../command.ts';
import { readCount } from '../fields.ts';
import { GROUP } from '../groups.ts';
import { encodeNothing } from '../nothing.ts';

/** How many groups the device has. Zephyr, enumeration group, "Count of supported groups". */
export const groupCount: SmpCommand<void, { readonly count: number }> = {
  name: 'enumeration/count',
  group: GROUP.enumeration,
  id: 0,
  operation: 'read',
  idempotent: true,
  encode: encodeNothing,
  decode: (body) => ({ count: readCount(body, 'count') }),
};
