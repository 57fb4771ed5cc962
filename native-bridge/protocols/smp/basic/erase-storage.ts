import { type SmpCommand } from '../command.ts';
import { GROUP } from '../groups.ts';
import { decodeNothing, encodeNothing } from '../nothing.ts';

/**
 * Erases the storage partition, settings included. Not repeated blindly: what was written since
 * would be lost too. Zephyr, "Zephyr Management Group".
 */
export const eraseStorage: SmpCommand<void, void> = {
  name: 'basic/erase-storage',
  group: GROUP.basic,
  id: 0,
  operation: 'write',
  idempotent: false,
  encode: encodeNothing,
  decode: decodeNothing,
};
