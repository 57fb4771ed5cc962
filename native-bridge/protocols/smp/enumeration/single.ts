import { type SmpCommand } from '../command.ts';
import { readCount, readFlag } from '../fields.ts';
import { GROUP } from '../groups.ts';

/** The group at an index, the first without one. Zephyr, enumeration group, "Fetch single group ID". */
export const groupSingle: SmpCommand<
  { readonly index?: number },
  { readonly group: number; readonly last: boolean }
> = {
  name: 'enumeration/single',
  group: GROUP.enumeration,
  id: 2,
  operation: 'read',
  idempotent: true,
  encode: ({ index }) => ({ index }),
  decode: (body) => ({ group: readCount(body, 'group'), last: readFlag(body, 'end') }),
};
