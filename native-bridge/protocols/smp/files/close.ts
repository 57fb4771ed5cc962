import { type SmpCommand } from '../command.ts';
import { GROUP } from '../groups.ts';
import { decodeNothing, encodeNothing } from '../nothing.ts';

/** Closes the file that the last upload or download left open. Zephyr, file management. */
export const fileClose: SmpCommand<void, void> = {
  name: 'files/close',
  group: GROUP.files,
  id: 4,
  operation: 'write',
  idempotent: true,
  encode: encodeNothing,
  decode: decodeNothing,
};
