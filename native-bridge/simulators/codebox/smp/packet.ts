/** The eight-byte SMP header and the two ways an error is answered (SMP protocol specification). */
import { encodeCbor, type CborMap } from './cbor.ts';

export const HEADER_BYTES = 8;
const OP_READ = 0;
const OP_WRITE = 2;

export interface Header {
  readonly op: 'read' | 'write' | 'response' | 'other';
  /** 0 for version 1, 1 for version 2; more is a version to come. */
  readonly version: number;
  readonly bodyBytes: number;
  readonly group: number;
  readonly sequence: number;
  readonly command: number;
}

export function readHeader(packet: Uint8Array): Header | null {
  if (packet.length < HEADER_BYTES) return null;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const operation = view.getUint8(0) & 0x07;
  return {
    op: operationName(operation),
    version: (view.getUint8(0) >> 3) & 0x03,
    bodyBytes: view.getUint16(2),
    group: view.getUint16(4),
    sequence: view.getUint8(6),
    command: view.getUint8(7),
  };
}

function operationName(operation: number): Header['op'] {
  if (operation === OP_READ) return 'read';
  if (operation === OP_WRITE) return 'write';
  return operation === 1 || operation === 3 ? 'response' : 'other';
}

export function replyPacket(header: Header, body: CborMap): Uint8Array {
  const encoded = encodeCbor(body);
  const packet = new Uint8Array(HEADER_BYTES + encoded.length);
  const view = new DataView(packet.buffer);
  const operation = header.op === 'read' ? 1 : 3;
  view.setUint8(0, (Math.min(header.version, 1) << 3) | operation);
  view.setUint16(2, encoded.length);
  view.setUint16(4, header.group);
  view.setUint8(6, header.sequence);
  view.setUint8(7, header.command);
  packet.set(encoded, HEADER_BYTES);
  return packet;
}
