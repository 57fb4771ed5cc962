/**
 * Cuts an image into downloads that a boot loader has room for. Each is a sparse image of the whole
 * partition that skips what is not its own (as AOSP's client does it, libsparse, sparse_file_resparse);
 * one that fits goes as it is. Nothing is kept in memory: a piece is read when it is sent.
 */
import { FirmwareError } from '../firmware-error.ts';
import { pieceBytes, piecesOf, type RandomAccess } from '../random-access.ts';
import type { Extent, PartitionImage } from './image.ts';
import {
  chunkHeaderBytes,
  sparseHeaderBytes,
  writeChunkHeader,
  writeSparseHeader,
} from './sparse-format.ts';

/** Bytes to download, in order; may be asked for more than once. */
export interface ImagePiece {
  readonly sizeBytes: number;
  pieces(): AsyncIterable<Uint8Array>;
}

interface Cut {
  readonly extents: Extent[];
  sizeBytes: number;
  /** Behind its last extent. */
  endBlock: number;
}

const fillBytes = 4;
/** Header, a skip before and one behind. */
const emptyBytes = sparseHeaderBytes + 2 * chunkHeaderBytes;

/** Throws FirmwareError `image-too-large` where not even one block fits. */
export function splitImage(image: PartitionImage, maxDownloadBytes: number): ImagePiece[] {
  const { file } = image;
  if (file.sizeBytes <= maxDownloadBytes) {
    return [{ sizeBytes: file.sizeBytes, pieces: () => piecesOf(file) }];
  }
  return cutsOf(image, maxDownloadBytes).map((cut) => pieceOf(image, cut));
}

function cutsOf({ extents, blockBytes }: PartitionImage, limitBytes: number): Cut[] {
  const leastBytes = emptyBytes + chunkHeaderBytes + blockBytes;
  if (limitBytes < leastBytes) {
    throw new FirmwareError('image-too-large', { sizeBytes: leastBytes, maxBytes: limitBytes });
  }
  const cuts: Cut[] = [];
  let cut = emptyCut();
  for (const extent of extents) {
    for (let done = 0; done < extent.blocks;) {
      const taken = share(extent, done, { cut, blockBytes, limitBytes });
      if (taken === null) {
        cuts.push(cut);
        cut = emptyCut();
        continue;
      }
      add(cut, taken, blockBytes);
      done += taken.blocks;
    }
  }
  return [...cuts, cut];
}

function emptyCut(): Cut {
  return { extents: [], sizeBytes: emptyBytes, endBlock: 0 };
}

/** What of an extent goes into this cut; null: nothing more does. */
function share(
  extent: Extent,
  done: number,
  { cut, blockBytes, limitBytes }: { cut: Cut; blockBytes: number; limitBytes: number },
): Extent | null {
  const startBlock = extent.startBlock + done;
  // The skip before the first extent is counted already.
  const gapBytes = startBlock > cut.endBlock && cut.extents.length > 0 ? chunkHeaderBytes : 0;
  const roomBytes = limitBytes - cut.sizeBytes - gapBytes - chunkHeaderBytes;
  if (extent.kind === 'fill') return roomBytes < fillBytes ? null : extent;
  const blocks = Math.min(extent.blocks - done, Math.floor(roomBytes / blockBytes));
  const offsetBytes = extent.offsetBytes + done * blockBytes;
  return blocks <= 0 ? null : { kind: 'raw', startBlock, blocks, offsetBytes };
}

function add(cut: Cut, extent: Extent, blockBytes: number): void {
  const isGap = extent.startBlock > cut.endBlock && cut.extents.length > 0;
  cut.sizeBytes += (isGap ? 2 : 1) * chunkHeaderBytes + dataBytesOf(extent, blockBytes);
  cut.endBlock = extent.startBlock + extent.blocks;
  cut.extents.push(extent);
}

function dataBytesOf({ kind, blocks }: Extent, blockBytes: number): number {
  return kind === 'fill' ? fillBytes : blocks * blockBytes;
}

type Part = { readonly skip: number } | { readonly extent: Extent };

function pieceOf(image: PartitionImage, { extents }: Cut): ImagePiece {
  const parts = partsOf(extents, image.blocks);
  const sizes = parts.map((part) =>
    'skip' in part ? 0 : dataBytesOf(part.extent, image.blockBytes),
  );
  const dataBytes = sizes.reduce((sum, size) => sum + size, 0);
  return {
    sizeBytes: sparseHeaderBytes + parts.length * chunkHeaderBytes + dataBytes,
    pieces: () => write(image, parts),
  };
}

function partsOf(extents: readonly Extent[], blocks: number): Part[] {
  const parts: Part[] = [];
  let at = 0;
  const skipTo = (block: number): void => {
    if (block > at) parts.push({ skip: block - at });
  };
  for (const extent of extents) {
    skipTo(extent.startBlock);
    parts.push({ extent });
    at = extent.startBlock + extent.blocks;
  }
  skipTo(blocks);
  return parts;
}

async function* write(
  { file, blockBytes, blocks }: PartitionImage,
  parts: readonly Part[],
): AsyncGenerator<Uint8Array, void, void> {
  yield writeSparseHeader({ blockBytes, blocks, chunks: parts.length });
  for (const part of parts) {
    if ('skip' in part) {
      yield writeChunkHeader({ kind: 'skip', blocks: part.skip, dataBytes: 0 });
      continue;
    }
    const { extent } = part;
    const dataBytes = dataBytesOf(extent, blockBytes);
    yield writeChunkHeader({ kind: extent.kind, blocks: extent.blocks, dataBytes });
    yield* padded(file, extent.offsetBytes, dataBytes);
  }
}

/** A raw image may end within its last block: the rest of that is zeros. */
async function* padded(
  file: RandomAccess,
  offsetBytes: number,
  lengthBytes: number,
): AsyncGenerator<Uint8Array, void, void> {
  const endBytes = Math.min(offsetBytes + lengthBytes, file.sizeBytes);
  yield* piecesOf(file, offsetBytes, endBytes);
  const missingBytes = offsetBytes + lengthBytes - endBytes;
  if (missingBytes > 0) yield new Uint8Array(Math.min(missingBytes, pieceBytes));
}
