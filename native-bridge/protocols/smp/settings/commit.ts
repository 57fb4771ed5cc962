import { type SmpCommand } from '../command.ts';
import { GROUP } from '../groups.ts';
import { decodeNothing, encodeNothing } from '../nothing.ts';

/** Applies what was set but waits to be applied. Zephyr, settings group, "Commit settings". */
export const settingCommit: SmpCommand<void, void> = {
  name: 'settings/commit',
  group: GROUP.settings,
  id: 2,
  operation: 'write',
  idempotent: true,
  encode: encodeNothing,
  decode: decodeNothing,
};
