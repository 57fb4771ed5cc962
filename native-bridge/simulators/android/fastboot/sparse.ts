/**
 * Android's sparse images (AOSP, libsparse/sparse_format.h): a header, then chunks of raw blocks, of one
 * word repeated, or of nothing. Everything they claim is checked against what is there.
 */

/** The message is what the boot loader answers. */
export class SparseError extends Error {}

/** Bytes at a place. */
export interface Run {
  readonly offset: number;
  readonly bytes: Buffer;
}

const MAGIC = 0xed26_ff3a;
const HEADER_BYTES = 28;
const CHUNK_BYTES = 12;
const RAW = 0xcac1;
const FILL = 0xcac2;
const NOTHING = 0xcac3;
const CRC = 0xcac4;
/** More than any test image fills. */
const MAX_FILL_BYTES = 256 * 1024 * 1024;

/** An image that is not sparse is one run. @throws {SparseError} */
export function unsparse(image: Buffer, partitionBytes: number): Run[] {
  const sparse = image.length >= HEADER_BYTES && image.readUInt32LE(0) === MAGIC;
  if (!sparse) {
    if (image.length > partitionBytes) throw new SparseError('image too large for partition');
    return [{ offset: 0, bytes: image }];
  }
  const headerBytes = image.readUInt16LE(8);
  const chunkBytes = image.readUInt16LE(10);
  const blockBytes = image.readUInt32LE(12);
  const blocks = image.readUInt32LE(16);
  const chunks = image.readUInt32LE(20);
  const sound = headerBytes >= HEADER_BYTES && chunkBytes >= CHUNK_BYTES && blockBytes % 4 === 0;
  if (image.readUInt16LE(4) !== 1 || !sound || blockBytes === 0) {
    throw new SparseError('invalid sparse header');
  }
  if (blocks * blockBytes > partitionBytes) throw new SparseError('image too large for partition');
  return readChunks(image, { headerBytes, chunkBytes, blockBytes, blocks, chunks });
}

interface Shape {
  readonly headerBytes: number;
  readonly chunkBytes: number;
  readonly blockBytes: number;
  readonly blocks: number;
  readonly chunks: number;
}

function readChunks(image: Buffer, shape: Shape): Run[] {
  const runs: Run[] = [];
  let at = shape.headerBytes;
  let block = 0;
  for (let index = 0; index < shape.chunks; index++) {
    if (at + shape.chunkBytes > image.length) throw new SparseError('sparse image ends early');
    const type = image.readUInt16LE(at);
    const count = image.readUInt32LE(at + 4);
    const total = image.readUInt32LE(at + 8);
    const data = image.subarray(at + shape.chunkBytes, at + total);
    if (total < shape.chunkBytes || at + total > image.length) {
      throw new SparseError('sparse image ends early');
    }
    const bytes = contentOf(type, data, count * shape.blockBytes);
    if (block + count > shape.blocks) throw new SparseError('sparse image larger than it says');
    if (bytes !== null) runs.push({ offset: block * shape.blockBytes, bytes });
    block += count;
    at += total;
  }
  if (block !== shape.blocks) throw new SparseError('sparse image smaller than it says');
  return runs;
}

/** Null: these blocks stay as they are. */
function contentOf(type: number, data: Buffer, bytes: number): Buffer | null {
  if (type === RAW) {
    if (data.length !== bytes) throw new SparseError('sparse chunk of a wrong size');
    return data;
  }
  if (type === FILL) {
    if (data.length !== 4 || bytes > MAX_FILL_BYTES) {
      throw new SparseError('sparse chunk of a wrong size');
    }
    return Buffer.alloc(bytes, data);
  }
  if (type === NOTHING && data.length === 0) return null;
  if (type === CRC && data.length === 4) return null;
  throw new SparseError('unknown sparse chunk');
}
