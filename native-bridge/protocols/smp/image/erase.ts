import { type SmpCommand } from '../command.ts';
import { GROUP } from '../groups.ts';
import { decodeNothing } from '../nothing.ts';

/**
 * Erases a slot, the second where none is named; the reply comes when it is done, which can take
 * many seconds. Refused while the slot's image is pending. Zephyr, image group, "Image erase".
 */
export const imageErase: SmpCommand<{ readonly slot?: number }, void> = {
  name: 'image/erase',
  group: GROUP.image,
  id: 5,
  operation: 'write',
  idempotent: true,
  encode: ({ slot }) => ({ slot }),
  decode: decodeNothing,
};
