/**
 * The image header: 32 bytes, little-endian (MCUboot, bootutil/image.h, `struct image_header`).
 * It may be followed by padding up to its own size field; then comes the payload.
 */
import { FirmwareError, malformed, notMcuboot, type FileKind } from '../firmware-error.ts';
import type { Version } from './version.ts';

export const headerBytes = 32;
const magic = 0x96f3b83d;
const oldMagic = 0x96f3b83c;

export interface ImageHeader {
  readonly loadAddress: number;
  /** Where the payload begins. */
  readonly headerSizeBytes: number;
  readonly protectedTlvSizeBytes: number;
  readonly payloadSizeBytes: number;
  readonly flagBits: number;
  readonly version: Version;
}

export const encryptedFlags = 0x04 | 0x08;

const flagNames: readonly (readonly [number, string])[] = [
  [0x0001, 'position-independent'],
  [0x0004, 'encrypted-aes128'],
  [0x0008, 'encrypted-aes256'],
  [0x0010, 'non-bootable'],
  [0x0020, 'ram-load'],
  [0x0100, 'rom-fixed'],
  [0x0200, 'compressed-lzma1'],
  [0x0400, 'compressed-lzma2'],
  [0x0800, 'compressed-arm-thumb'],
];

/** Throws FirmwareError `image-not-mcuboot`, `image-truncated`, `image-malformed`. */
export function readHeader(bytes: Uint8Array): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint32(0, true) !== magic) {
    throw notMcuboot(looksLike(bytes));
  }
  if (bytes.length < headerBytes) throw truncated(bytes, headerBytes);
  const header = {
    loadAddress: view.getUint32(4, true),
    headerSizeBytes: view.getUint16(8, true),
    protectedTlvSizeBytes: view.getUint16(10, true),
    payloadSizeBytes: view.getUint32(12, true),
    flagBits: view.getUint32(16, true),
    version: {
      major: view.getUint8(20),
      minor: view.getUint8(21),
      revision: view.getUint16(22, true),
      build: view.getUint32(24, true),
    },
  };
  if (header.headerSizeBytes < headerBytes) throw malformed('header-size', 8);
  return header;
}

export function truncated(bytes: Uint8Array, expectedBytes: number): FirmwareError {
  return new FirmwareError('image-truncated', { sizeBytes: bytes.length, expectedBytes });
}

/** Names of the set flags; a bit without a name reads `bit-N`. */
export function namesOfFlags(flagBits: number): string[] {
  const names: string[] = [];
  for (let bit = 0; bit < 32; bit++) {
    const mask = 2 ** bit;
    if (Math.floor(flagBits / mask) % 2 === 0) continue;
    names.push(flagNames.find(([known]) => known === mask)?.[1] ?? `bit-${bit}`);
  }
  return names;
}

const signatures: readonly (readonly [FileKind, readonly number[]])[] = [
  ['elf', [0x7f, 0x45, 0x4c, 0x46]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['gzip', [0x1f, 0x8b]],
  ['uf2', [0x55, 0x46, 0x32, 0x0a]],
  ['old-mcuboot', [oldMagic & 0xff, (oldMagic >>> 8) & 0xff, (oldMagic >>> 16) & 0xff, 0x96]],
];

/** What was picked by mistake, as far as its first bytes tell. */
function looksLike(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return 'empty';
  const match = signatures.find(([, start]) => start.every((byte, i) => bytes[i] === byte));
  if (match) return match[0];
  const head = String.fromCharCode(...bytes.subarray(0, 9));
  return /^:[0-9A-Fa-f]{8}/.test(head) ? 'intel-hex' : 'other';
}
