/**
 * The TLV areas behind the payload (MCUboot, bootutil/src/tlv.c): an optional protected one (magic
 * 0x6908, covered by the hash, its total named in the header too), then a plain one (0x6907). Each
 * begins with magic and total (the total counts these four bytes); each entry is type, length,
 * data. All little-endian; nothing is copied, entries are views of the file.
 */
import { malformed } from '../firmware-error.ts';
import { truncated, type ImageHeader } from './header.ts';
import { mayStandUnprotected } from './tlv-types.ts';

const protectedMagic = 0x6908;
const plainMagic = 0x6907;
const areaHeadBytes = 4;
const entryHeadBytes = 4;
/** Real images have a dozen. */
const maxEntries = 256;

export interface Tlv {
  readonly type: number;
  readonly data: Uint8Array;
  readonly protected: boolean;
  /** Of the entry in the file. */
  readonly offsetBytes: number;
}

export interface TlvAreas {
  readonly tlvs: readonly Tlv[];
  /** Bytes that hash and signature cover: header, payload, protected area. */
  readonly coveredBytes: number;
  /** Where the image ends; a file may be padded behind it. */
  readonly endBytes: number;
}

/** Throws FirmwareError `image-truncated`, `image-malformed`. */
export function readTlvAreas(bytes: Uint8Array, header: ImageHeader): TlvAreas {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tlvs: Tlv[] = [];
  const payloadEnd = header.headerSizeBytes + header.payloadSizeBytes;

  function readArea(start: number, magic: number): number {
    if (start + areaHeadBytes > bytes.length) throw truncated(bytes, start + areaHeadBytes);
    if (view.getUint16(start, true) !== magic) throw malformed('tlv-magic', start);
    const totalBytes = view.getUint16(start + 2, true);
    if (totalBytes < areaHeadBytes) throw malformed('tlv-size', start + 2);
    const end = start + totalBytes;
    if (end > bytes.length) throw truncated(bytes, end);
    for (let at = start + areaHeadBytes; at < end;) at = readEntry(at, end, magic);
    return end;
  }

  function readEntry(at: number, end: number, magic: number): number {
    if (at + entryHeadBytes > end) throw malformed('tlv-overrun', at);
    const type = view.getUint16(at, true);
    const next = at + entryHeadBytes + view.getUint16(at + 2, true);
    if (next > end) throw malformed('tlv-overrun', at);
    if (tlvs.length >= maxEntries) throw malformed('too-many-tlvs', at);
    const isProtected = magic === protectedMagic;
    if (!isProtected && !mayStandUnprotected(type)) throw malformed('tlv-not-allowed', at);
    const data = bytes.subarray(at + entryHeadBytes, next);
    tlvs.push({ type, data, protected: isProtected, offsetBytes: at });
    return next;
  }

  if (payloadEnd > bytes.length) throw truncated(bytes, payloadEnd);
  let coveredBytes = payloadEnd;
  if (header.protectedTlvSizeBytes > 0) {
    coveredBytes = readArea(payloadEnd, protectedMagic);
    if (coveredBytes - payloadEnd !== header.protectedTlvSizeBytes) {
      throw malformed('protected-size', payloadEnd + 2);
    }
  }
  const endBytes = readArea(coveredBytes, plainMagic);
  return { tlvs, coveredBytes, endBytes };
}
