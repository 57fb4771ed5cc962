/**
 * The packets of ADB's transport: 24 bytes of header, then the payload it announces (AOSP,
 * packages/modules/adb/protocol.txt, "adb transport protocol"). All numbers are little-endian.
 */
import { AdbFormatError } from './errors.ts';

export const ADB_HEADER_BYTES = 24;
/** The largest payload there is (MAX_PAYLOAD); what a daemon takes stands in its CNXN. */
export const ADB_MAX_PAYLOAD_BYTES = 1024 * 1024;

/** Four letters as the number they are on the wire. */
export const adbCommand = {
  connect: 0x4e584e43,
  authenticate: 0x48545541,
  startTls: 0x534c5453,
  open: 0x4e45504f,
  okay: 0x59414b4f,
  write: 0x45545257,
  close: 0x45534c43,
} as const;

export interface AdbHeader {
  readonly command: number;
  /** Of a stream's packets: the sender's id for it; 0 where it has none. */
  readonly arg0: number;
  /** Of a stream's packets: the receiver's id for it. */
  readonly arg1: number;
  readonly payloadBytes: number;
  /** Sum of the payload's bytes; 0 where both sides have agreed to leave it out. */
  readonly checksum: number;
}

/**
 * The header at `offset`, looked at before anything is allocated for what it announces.
 * @throws AdbFormatError `magic`, `payload-length` over `maxPayloadBytes`
 */
export function readAdbHeader(bytes: Uint8Array, maxPayloadBytes: number, offset = 0): AdbHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, ADB_HEADER_BYTES);
  const command = view.getUint32(0, true);
  if (view.getUint32(20, true) !== (command ^ 0xffffffff) >>> 0) throw new AdbFormatError('magic');
  const payloadBytes = view.getUint32(12, true);
  if (payloadBytes > maxPayloadBytes) throw new AdbFormatError('payload-length');
  return {
    command,
    arg0: view.getUint32(4, true),
    arg1: view.getUint32(8, true),
    payloadBytes,
    checksum: view.getUint32(16, true),
  };
}

export function writeAdbHeader(header: AdbHeader, into: Uint8Array): void {
  const view = new DataView(into.buffer, into.byteOffset, ADB_HEADER_BYTES);
  view.setUint32(0, header.command, true);
  view.setUint32(4, header.arg0, true);
  view.setUint32(8, header.arg1, true);
  view.setUint32(12, header.payloadBytes, true);
  view.setUint32(16, header.checksum, true);
  view.setUint32(20, (header.command ^ 0xffffffff) >>> 0, true);
}

export function adbChecksum(payload: Uint8Array): number {
  let sum = 0;
  for (const byte of payload) sum += byte;
  return sum >>> 0;
}
