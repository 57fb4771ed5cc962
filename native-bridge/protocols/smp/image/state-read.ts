import { type SmpCommand } from '../command.ts';
import { GROUP } from '../groups.ts';
import { encodeNothing } from '../nothing.ts';
import { decodeImageState, type ImageState } from './state.ts';

/** What is in every slot, and which image runs. Zephyr, image group, "Get state of images". */
export const imageStateRead: SmpCommand<void, ImageState> = {
  name: 'image/state-read',
  group: GROUP.image,
  id: 0,
  operation: 'read',
  idempotent: true,
  encode: encodeNothing,
  decode: decodeImageState,
};
