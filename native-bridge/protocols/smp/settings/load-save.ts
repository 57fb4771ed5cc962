import { type SmpCommand } from '../command.ts';
import { GROUP } from '../groups.ts';
import { decodeNothing, encodeNothing } from '../nothing.ts';

/** Reads all settings from storage again. Zephyr, settings group, "Load settings". */
export const settingLoad: SmpCommand<void, void> = {
  name: 'settings/load',
  group: GROUP.settings,
  id: 3,
  operation: 'read',
  idempotent: true,
  encode: encodeNothing,
  decode: decodeNothing,
};

/**
 * Writes settings to storage: a subtree's (Zephyr 4.1 and later, older ones save all), or all.
 * Zephyr, settings group, "Save settings".
 */
export const settingSave: SmpCommand<{ readonly subtree?: string }, void> = {
  name: 'settings/save',
  group: GROUP.settings,
  id: 3,
  operation: 'write',
  idempotent: true,
  encode: ({ subtree }) => ({ name: subtree }),
  decode: decodeNothing,
};
