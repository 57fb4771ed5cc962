import { type SmpCommand } from '../command.ts';
import { GROUP } from '../groups.ts';
import { decodeImageState, type ImageState } from './state.ts';

export interface ImageStateWriteParams {
  /** The image's own hash (not the file's); null: the image that runs, which can only be confirmed. */
  readonly hash: Uint8Array | null;
  /** True: keep it for good. False: start it once as a trial. */
  readonly confirm: boolean;
}

/**
 * Marks an image for test or confirms it. Not repeated blindly: the state is read instead.
 * Zephyr, image group, "Set state of image".
 */
export const imageStateWrite: SmpCommand<ImageStateWriteParams, ImageState> = {
  name: 'image/state-write',
  group: GROUP.image,
  id: 0,
  operation: 'write',
  idempotent: false,
  encode: ({ hash, confirm }) => ({ hash: hash ?? undefined, confirm }),
  decode: decodeImageState,
};
