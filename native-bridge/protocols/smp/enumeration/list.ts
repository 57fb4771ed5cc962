import { type SmpCommand } from '../command.ts';
import { readCounts } from '../fields.ts';
import { GROUP } from '../groups.ts';
import { encodeNothing } from '../nothing.ts';

/** The numbers of the device's groups. Zephyr, enumeration group, "List supported groups". */
export const groupList: SmpCommand<void, { readonly groups: readonly number[] }> = {
  name: 'enumeration/list',
  group: GROUP.enumeration,
  id: 1,
  operation: 'read',
  idempotent: true,
  encode: encodeNothing,
  decode: (body) => ({ groups: readCounts(body, 'groups') }),
};
