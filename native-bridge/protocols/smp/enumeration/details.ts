import { type SmpCommand } from '../command.ts';
import { optional, readCount, readMaps, readText } from '../fields.ts';
import { GROUP } from '../groups.ts';

export interface GroupDetails {
  readonly group: number;
  readonly name: string | null;
  /** How many commands it has. */
  readonly handlers: number | null;
}

/** Names of the groups asked for, or of all. Zephyr, enumeration group, "Details on supported groups". */
export const groupDetails: SmpCommand<
  { readonly groups?: readonly number[] },
  { readonly groups: readonly GroupDetails[] }
> = {
  name: 'enumeration/details',
  group: GROUP.enumeration,
  id: 3,
  operation: 'read',
  idempotent: true,
  encode: ({ groups }) => ({ groups }),
  decode: (body) => ({
    groups: readMaps(body, 'groups').map((group) => ({
      group: readCount(group, 'group'),
      name: optional(readText, group, 'name'),
      handlers: optional(readCount, group, 'handlers'),
    })),
  }),
};
