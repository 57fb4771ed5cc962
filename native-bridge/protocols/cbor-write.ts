/**
 * Writes the CBOR of requests: definite lengths and shortest heads (RFC 8949 section 4.2.1), fields
 * in the order given. A few lines of its own rather than cbor2's encoder, because an upload writes
 * thousands of these and this one needs no buffer but the message's own: sizes are reckoned first.
 */

/** What a request is written from; fields that are `undefined` are left out. */
export interface CborFields {
  readonly [key: string]: CborInput;
}
/** Numbers are integers of 2^53 at most: no command of ours sends anything else. */
export type CborInput =
  number | string | boolean | undefined | Uint8Array | readonly CborInput[] | CborFields;

const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, list: 4, map: 5 } as const;
const FALSE = 0xf4;
const TRUE = 0xf5;

const utf8 = new TextEncoder();

/** How many bytes the map will have. @throws RangeError for a number that is no safe integer */
export function cborBytes(fields: CborFields): number {
  let bytes = headBytes(countOf(fields));
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) bytes += textBytes(key) + valueBytes(value);
  }
  return bytes;
}

/** Writes the map into `into` at `at`; the position after it. There must be room for cborBytes. */
export function writeCborMap(fields: CborFields, into: Uint8Array, at: number): number {
  let next = writeHead(MAJOR.map, countOf(fields), into, at);
  for (const key in fields) {
    const value = fields[key];
    if (value === undefined) continue;
    next = writeText(key, into, next);
    next = writeValue(value, into, next);
  }
  return next;
}

export function encodeCborMap(fields: CborFields): Uint8Array {
  const bytes = new Uint8Array(cborBytes(fields));
  writeCborMap(fields, bytes, 0);
  return bytes;
}

/** Bytes of a type-and-length head: 1 below 24, then 2, 3, 5 or 9. */
export function headBytes(value: number): number {
  if (value < 24) return 1;
  if (value < 0x100) return 2;
  if (value < 0x10000) return 3;
  return value < 0x1_0000_0000 ? 5 : 9;
}

function countOf(fields: CborFields): number {
  let count = 0;
  for (const key in fields) if (fields[key] !== undefined) count++;
  return count;
}

function valueBytes(value: Exclude<CborInput, undefined>): number {
  if (typeof value === 'number') return headBytes(magnitude(value));
  if (typeof value === 'boolean') return 1;
  if (typeof value === 'string') return textBytes(value);
  if (value instanceof Uint8Array) return headBytes(value.length) + value.length;
  if (!isList(value)) return cborBytes(value);
  return value.reduce<number>((sum, item) => sum + itemBytes(item), headBytes(value.length));
}

function itemBytes(item: CborInput): number {
  if (item === undefined) throw new RangeError('undefined in a list');
  return valueBytes(item);
}

function writeValue(value: Exclude<CborInput, undefined>, into: Uint8Array, at: number): number {
  if (typeof value === 'number') {
    return writeHead(value < 0 ? MAJOR.negative : MAJOR.unsigned, magnitude(value), into, at);
  }
  if (typeof value === 'boolean') {
    into[at] = value ? TRUE : FALSE;
    return at + 1;
  }
  if (typeof value === 'string') return writeText(value, into, at);
  if (value instanceof Uint8Array) {
    const next = writeHead(MAJOR.bytes, value.length, into, at);
    into.set(value, next);
    return next + value.length;
  }
  if (!isList(value)) return writeCborMap(value, into, at);
  let next = writeHead(MAJOR.list, value.length, into, at);
  for (const item of value) if (item !== undefined) next = writeValue(item, into, next);
  return next;
}

function writeHead(major: number, value: number, into: Uint8Array, at: number): number {
  const bytes = headBytes(value);
  // 24, 25, 26 and 27 announce 1, 2, 4 and 8 bytes that follow.
  const info = bytes === 1 ? value : 24 + Math.log2(bytes - 1);
  into[at] = (major << 5) | info;
  let rest = value;
  for (let i = at + bytes - 1; i > at; i--) {
    into[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return at + bytes;
}

/** The number that stands in the head: a negative integer n is written as −1 − n. */
function magnitude(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`no safe integer: ${value}`);
  return value < 0 ? -1 - value : value;
}

function textBytes(text: string): number {
  const bytes = utf8Bytes(text);
  return headBytes(bytes) + bytes;
}

function writeText(text: string, into: Uint8Array, at: number): number {
  const bytes = utf8Bytes(text);
  const next = writeHead(MAJOR.text, bytes, into, at);
  if (bytes === text.length) {
    for (let i = 0; i < bytes; i++) into[next + i] = text.charCodeAt(i);
  } else {
    into.set(utf8.encode(text), next);
  }
  return next + bytes;
}

/** ASCII, which keys are, needs no copy to be measured. */
function utf8Bytes(text: string): number {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x7f) return utf8.encode(text).length;
  }
  return text.length;
}

function isList(value: readonly CborInput[] | CborFields): value is readonly CborInput[] {
  return Array.isArray(value);
}
