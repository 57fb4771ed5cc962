/**
 * The 8 bytes before every SMP body: operation and version, flags, body length, group, sequence,
 * command (Zephyr, "SMP Protocol Specification", Frame). All numbers are big-endian.
 */
import { SmpFormatError } from './errors.ts';

export const SMP_HEADER_BYTES = 8;
const OPERATIONS = ['read', 'read-reply', 'write', 'write-reply'] as const;

export type SmpOperation = (typeof OPERATIONS)[number];
/** 1: errors come as `rc`. 2: errors of a group come as `err {group, rc}`. */
export type SmpVersion = 1 | 2;

export interface SmpHeader {
  readonly operation: SmpOperation;
  readonly version: SmpVersion;
  readonly flags: number;
  /** Length of the CBOR body, as announced. */
  readonly bodyBytes: number;
  readonly group: number;
  /** 0..255; a reply carries that of its request. */
  readonly sequence: number;
  /** The command within its group. */
  readonly id: number;
}

export function writeHeader(header: SmpHeader, into: Uint8Array): void {
  into[0] = ((header.version - 1) << 3) | OPERATIONS.indexOf(header.operation);
  into[1] = header.flags;
  into[2] = header.bodyBytes >> 8;
  into[3] = header.bodyBytes;
  into[4] = header.group >> 8;
  into[5] = header.group;
  into[6] = header.sequence;
  into[7] = header.id;
}

/**
 * Reads the header alone, whatever follows it: a reply whose body is broken still says whose it is.
 * @throws SmpFormatError `packet-short`, or `packet-version` for a version or operation unknown
 */
export function readHeader(packet: Uint8Array): SmpHeader {
  if (packet.length < SMP_HEADER_BYTES) throw new SmpFormatError('packet-short');
  const byte = (index: number): number => packet[index] as number;
  // Three bits of operation, two of version (counted from 0), three reserved.
  const operation = OPERATIONS[byte(0) & 0x07];
  const version = ((byte(0) >> 3) & 0x03) + 1;
  if (operation === undefined || (version !== 1 && version !== 2)) {
    throw new SmpFormatError('packet-version');
  }
  return {
    operation,
    version,
    flags: byte(1),
    bodyBytes: (byte(2) << 8) | byte(3),
    group: (byte(4) << 8) | byte(5),
    sequence: byte(6),
    id: byte(7),
  };
}
