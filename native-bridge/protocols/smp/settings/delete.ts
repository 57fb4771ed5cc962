import { type SmpCommand } from '../command.ts';
import { GROUP } from '../groups.ts';
import { decodeNothing } from '../nothing.ts';

/** Zephyr, settings group, "Delete setting". */
export const settingDelete: SmpCommand<{ readonly key: string }, void> = {
  name: 'settings/delete',
  group: GROUP.settings,
  id: 1,
  operation: 'write',
  idempotent: true,
  encode: ({ key }) => ({ name: key }),
  decode: decodeNothing,
};
