/**
 * Android's sparse images (AOSP, system/core/libsparse/sparse_format.h), little-endian: a header of
 * 28 bytes, then chunks of 12 bytes and their data. RAW brings its blocks, FILL four bytes that are
 * repeated, DONT_CARE nothing; CRC32 is a checksum so far, which no boot loader is known to look at.
 */
import { packageMalformed } from '../firmware-error.ts';

export const sparseMagic = 0xed26ff3a;
export const sparseHeaderBytes = 28;
export const chunkHeaderBytes = 12;

export interface SparseHeader {
  readonly blockBytes: number;
  readonly blocks: number;
  readonly chunks: number;
  /** Newer tools may write longer headers; what is behind is skipped. */
  readonly headerBytes: number;
  readonly chunkHeaderBytes: number;
}

export interface SparseChunk {
  readonly kind: 'raw' | 'fill' | 'skip' | 'crc';
  readonly blocks: number;
  readonly dataBytes: number;
}

const kinds: Readonly<Record<number, SparseChunk['kind']>> = {
  0xcac1: 'raw',
  0xcac2: 'fill',
  0xcac3: 'skip',
  0xcac4: 'crc',
};
const types = { raw: 0xcac1, fill: 0xcac2, skip: 0xcac3, crc: 0xcac4 } as const;

/** Larger than any terminal's flash memory. */
const maxImageBytes = 2 ** 40;
const maxBlockBytes = 2 ** 20;
const maxHeaderBytes = 4096;

export function isSparse(head: Uint8Array): boolean {
  return head.length >= 4 && viewOf(head).getUint32(0, true) === sparseMagic;
}

/** `bytes`: the first 28. Throws FirmwareError `package-malformed`. */
export function readSparseHeader(bytes: Uint8Array): SparseHeader {
  if (bytes.length < sparseHeaderBytes) throw packageMalformed('sparse-header');
  const view = viewOf(bytes);
  const header = {
    headerBytes: view.getUint16(8, true),
    chunkHeaderBytes: view.getUint16(10, true),
    blockBytes: view.getUint32(12, true),
    blocks: view.getUint32(16, true),
    chunks: view.getUint32(20, true),
  };
  const { blockBytes } = header;
  const isSound =
    view.getUint32(0, true) === sparseMagic &&
    view.getUint16(4, true) === 1 &&
    isWithin(header.headerBytes, sparseHeaderBytes, maxHeaderBytes) &&
    isWithin(header.chunkHeaderBytes, chunkHeaderBytes, maxHeaderBytes) &&
    isWithin(blockBytes, 4, maxBlockBytes) &&
    blockBytes % 4 === 0 &&
    header.blocks * blockBytes <= maxImageBytes;
  if (!isSound) throw packageMalformed('sparse-header');
  return header;
}

/** `bytes`: a chunk's header. Throws FirmwareError `package-malformed` where its two sizes disagree. */
export function readSparseChunk(bytes: Uint8Array, header: SparseHeader): SparseChunk {
  const view = viewOf(bytes);
  const kind = kinds[view.getUint16(0, true)];
  if (kind === undefined) throw packageMalformed('sparse-chunk');
  const blocks = view.getUint32(4, true);
  const dataBytes = view.getUint32(8, true) - header.chunkHeaderBytes;
  const expected = { raw: blocks * header.blockBytes, fill: 4, skip: 0, crc: 4 }[kind];
  const isSound = dataBytes === expected && (kind !== 'crc' || blocks === 0);
  if (!isSound) throw packageMalformed('sparse-chunk');
  return { kind, blocks, dataBytes };
}

export function writeSparseHeader({
  blockBytes,
  blocks,
  chunks,
}: Pick<SparseHeader, 'blockBytes' | 'blocks' | 'chunks'>): Uint8Array {
  const bytes = new Uint8Array(sparseHeaderBytes);
  const view = viewOf(bytes);
  view.setUint32(0, sparseMagic, true);
  view.setUint16(4, 1, true);
  view.setUint16(8, sparseHeaderBytes, true);
  view.setUint16(10, chunkHeaderBytes, true);
  view.setUint32(12, blockBytes, true);
  view.setUint32(16, blocks, true);
  view.setUint32(20, chunks, true);
  return bytes;
}

export function writeChunkHeader({ kind, blocks, dataBytes }: SparseChunk): Uint8Array {
  const bytes = new Uint8Array(chunkHeaderBytes);
  const view = viewOf(bytes);
  view.setUint16(0, types[kind], true);
  view.setUint32(4, blocks, true);
  view.setUint32(8, chunkHeaderBytes + dataBytes, true);
  return bytes;
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
