/**
 * CBOR as a Zephyr server writes it: maps and lists of indefinite length (zcbor without the
 * canonical option), the shortest form of numbers. Reading goes through cbor2.
 */
import { decode } from 'cbor2';

export type CborValue =
  | string
  | number
  | boolean
  | Uint8Array
  | readonly CborValue[]
  | { readonly [key: string]: CborValue };
export type CborMap = Readonly<Record<string, CborValue>>;

const MAX_DEPTH = 8;

export function encodeCbor(value: CborValue): Uint8Array {
  const parts: Uint8Array[] = [];
  write(value, parts);
  return Buffer.concat(parts);
}

/** The map in a request; an empty body is an empty map, null is no map at all. */
export function decodeRequest(bytes: Uint8Array): ReadonlyMap<string, unknown> | null {
  if (bytes.length === 0) return new Map();
  try {
    const value: unknown = decode(bytes, { maxDepth: MAX_DEPTH, preferMap: true });
    if (!(value instanceof Map)) return null;
    const fields = new Map<string, unknown>();
    for (const [key, field] of value) if (typeof key === 'string') fields.set(key, field);
    return fields;
  } catch {
    return null;
  }
}

function write(value: CborValue, parts: Uint8Array[]): void {
  if (typeof value === 'number')
    parts.push(head(value < 0 ? 1 : 0, value < 0 ? -1 - value : value));
  else if (typeof value === 'boolean') parts.push(Uint8Array.of(value ? 0xf5 : 0xf4));
  else if (typeof value === 'string') writeBytes(3, Buffer.from(value, 'utf8'), parts);
  else if (value instanceof Uint8Array) writeBytes(2, value, parts);
  else if (Array.isArray(value)) writeList(value as readonly CborValue[], parts);
  else writeMap(value as CborMap, parts);
}

function writeBytes(major: number, bytes: Uint8Array, parts: Uint8Array[]): void {
  parts.push(head(major, bytes.length), bytes);
}

function writeList(list: readonly CborValue[], parts: Uint8Array[]): void {
  parts.push(Uint8Array.of(0x9f));
  for (const item of list) write(item, parts);
  parts.push(Uint8Array.of(0xff));
}

function writeMap(map: CborMap, parts: Uint8Array[]): void {
  parts.push(Uint8Array.of(0xbf));
  for (const [key, item] of Object.entries(map)) {
    write(key, parts);
    write(item, parts);
  }
  parts.push(Uint8Array.of(0xff));
}

function head(major: number, argument: number): Uint8Array {
  const type = major << 5;
  if (argument < 24) return Uint8Array.of(type | argument);
  if (argument < 0x100) return Uint8Array.of(type | 24, argument);
  if (argument < 0x1_0000) return Uint8Array.of(type | 25, argument >> 8, argument & 0xff);
  const wide = Buffer.alloc(5);
  wide[0] = type | 26;
  wide.writeUInt32BE(argument >>> 0, 1);
  return wide;
}
