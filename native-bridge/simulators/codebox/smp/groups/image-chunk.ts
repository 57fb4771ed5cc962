/** The parts in which an image comes, and what of the first is refused before anything is touched. */
import { readVersion } from '../../boot/mcuboot-image.ts';
import { GroupError, SmpError, bytes, count, flag, rc, type Request } from '../group.ts';
import { imageRc } from './image-state.ts';

const HEADER_BYTES = 32;
export const SHA_BYTES = 32;

export interface Chunk {
  readonly off: number;
  readonly data: Uint8Array;
  readonly len: number | null;
  readonly sha: Uint8Array;
  readonly upgrade: boolean;
}

export function readChunk(request: Request): Chunk {
  if ((count(request, 'image') ?? 0) !== 0) throw new GroupError(imageRc.noFreeSlot);
  const off = count(request, 'off');
  if (off === null) throw new GroupError(imageRc.invalidOffset);
  const data = bytes(request, 'data');
  if (data === null) throw new SmpError(rc.invalid);
  return {
    off,
    data,
    len: count(request, 'len'),
    sha: bytes(request, 'sha') ?? new Uint8Array(0),
    upgrade: flag(request, 'upgrade'),
  };
}

/** The image's length, where the first part looks like the beginning of one. */
export function inspectFirst(chunk: Chunk): number {
  if (chunk.data.length < HEADER_BYTES) throw new GroupError(imageRc.invalidHeader);
  if (chunk.len === null) throw new GroupError(imageRc.invalidLength);
  if (readVersion(chunk.data) === null) throw new GroupError(imageRc.invalidMagic);
  if (chunk.sha.length > SHA_BYTES) throw new GroupError(imageRc.invalidHash);
  return chunk.len;
}
