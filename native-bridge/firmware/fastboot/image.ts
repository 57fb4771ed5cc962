/**
 * An image for a partition, raw or sparse, as what it writes where. A sparse one is believed only
 * after every chunk was looked at: its sizes decide what is sent and what the boot loader writes.
 */
import { packageMalformed } from '../firmware-error.ts';
import type { RandomAccess } from '../random-access.ts';
import {
  isSparse,
  readSparseChunk,
  readSparseHeader,
  sparseHeaderBytes,
  type SparseHeader,
} from './sparse-format.ts';

/** Blocks that are written; what no extent covers is left as it is. */
export interface Extent {
  readonly kind: 'raw' | 'fill';
  readonly startBlock: number;
  readonly blocks: number;
  /** Of the blocks, or of the four bytes that are repeated, in the file. */
  readonly offsetBytes: number;
}

export interface PartitionImage {
  readonly file: RandomAccess;
  readonly sparse: boolean;
  readonly blockBytes: number;
  readonly blocks: number;
  readonly extents: readonly Extent[];
  /** What it fills on the partition. */
  readonly partitionBytes: number;
}

/** Of raw images, as Android's tools cut them. */
const rawBlockBytes = 4096;
/** Real images have some ten thousand. */
const maxChunks = 1_000_000;

/** Throws FirmwareError `package-malformed` for a sparse image that lies, and as the file's `read`. */
export async function readImage(file: RandomAccess): Promise<PartitionImage> {
  const head = await file.read(0, Math.min(sparseHeaderBytes, file.sizeBytes));
  return isSparse(head) ? await readSparse(file, readSparseHeader(head)) : rawImage(file);
}

export function rawImage(file: RandomAccess): PartitionImage {
  const blocks = Math.ceil(file.sizeBytes / rawBlockBytes);
  return {
    file,
    sparse: false,
    blockBytes: rawBlockBytes,
    blocks,
    extents: blocks === 0 ? [] : [{ kind: 'raw', startBlock: 0, blocks, offsetBytes: 0 }],
    partitionBytes: file.sizeBytes,
  };
}

async function readSparse(file: RandomAccess, header: SparseHeader): Promise<PartitionImage> {
  if (header.chunks > maxChunks) throw packageMalformed('sparse-header');
  const extents: Extent[] = [];
  let block = 0;
  let at = header.headerBytes;
  for (let n = 0; n < header.chunks; n++) {
    const dataAt = at + header.chunkHeaderBytes;
    if (dataAt > file.sizeBytes) throw packageMalformed('sparse-totals');
    const { kind, blocks, dataBytes } = readSparseChunk(await file.read(at, 12), header);
    const endBlock = block + blocks;
    at = dataAt + dataBytes;
    if (at > file.sizeBytes || endBlock > header.blocks) throw packageMalformed('sparse-totals');
    const isWritten = (kind === 'raw' || kind === 'fill') && blocks > 0;
    if (isWritten) extents.push({ kind, startBlock: block, blocks, offsetBytes: dataAt });
    block = endBlock;
  }
  if (block !== header.blocks || at !== file.sizeBytes) throw packageMalformed('sparse-totals');
  const { blockBytes, blocks } = header;
  return { file, sparse: true, blockBytes, blocks, extents, partitionBytes: blocks * blockBytes };
}
