import { type SmpCommand } from '../command.ts';
import { GROUP } from '../groups.ts';
import { decodeNothing } from '../nothing.ts';

export interface SettingWriteParams {
  readonly key: string;
  readonly value: Uint8Array;
}

/**
 * Changes a setting in the running system; `settings/save` makes it last, `settings/commit` applies
 * what waits for it. Zephyr, settings group, "Write setting".
 */
export const settingWrite: SmpCommand<SettingWriteParams, void> = {
  name: 'settings/write',
  group: GROUP.settings,
  id: 0,
  operation: 'write',
  idempotent: true,
  encode: ({ key, value }) => ({ name: key, val: value }),
  decode: decodeNothing,
};
