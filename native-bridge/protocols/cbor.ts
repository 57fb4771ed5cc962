/**
 * CBOR (RFC 8949) as the management protocols use it: one map with text keys per message.
 * Bodies come from devices and are hostile: size, depth and number of items are bounded, tags are
 * not interpreted, doubled keys are refused. Maps decode into `Map`, so that no key can reach a
 * prototype. Encoding is definite-length and shortest-form, in the order the fields were given.
 */
import { decode } from 'cbor2/decoder';
import { encode } from 'cbor2/encoder';

export type CborValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | undefined
  | Uint8Array
  | readonly CborValue[]
  | CborMap;
export type CborMap = ReadonlyMap<string, CborValue>;

/** What a request is written from; fields that are `undefined` are left out. */
export interface CborFields {
  readonly [key: string]: CborInput;
}
export type CborInput =
  | number
  | bigint
  | string
  | boolean
  | null
  | undefined
  | Uint8Array
  | readonly CborInput[]
  | CborFields;

export type CborErrorCode =
  'cbor-truncated' | 'cbor-malformed' | 'cbor-too-deep' | 'cbor-too-large' | 'cbor-not-a-map';

export class CborError extends Error {
  override readonly name = 'CborError';
  readonly code: CborErrorCode;

  constructor(code: CborErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

export const MAX_CBOR_BYTES = 65_535;
/** The deepest reply of any known command (slot info: map, array, map, array, map) has 5. */
export const MAX_CBOR_DEPTH = 12;

/**
 * Reads exactly one map. Byte strings may be views of `bytes`.
 * @throws CborError
 */
export function decodeCborMap(bytes: Uint8Array): CborMap {
  if (bytes.length > MAX_CBOR_BYTES) throw new CborError('cbor-too-large');
  if (bytes.length === 0) throw new CborError('cbor-truncated');
  let value: unknown;
  try {
    value = decode(bytes, decodeOptions);
  } catch (cause) {
    throw cause instanceof CborError ? cause : new CborError(codeOf(cause), { cause });
  }
  if (!(value instanceof Map)) throw new CborError('cbor-not-a-map');
  return value as CborMap;
}

/** One map, definite-length, fields in the order given. */
export function encodeCborMap(fields: CborFields): Uint8Array {
  return encode(withoutUndefined(fields));
}

const decodeOptions = {
  maxDepth: MAX_CBOR_DEPTH,
  ignoreGlobalTags: true,
  rejectSimple: true,
  createObject: textKeyedMap,
};

function textKeyedMap(entries: readonly (readonly [unknown, unknown, unknown])[]): unknown {
  const map = new Map<string, unknown>();
  for (const [key, value] of entries) {
    if (typeof key !== 'string' || map.has(key)) throw new CborError('cbor-malformed');
    map.set(key, value);
  }
  return map;
}

function codeOf(cause: unknown): CborErrorCode {
  if (cause instanceof RangeError) return 'cbor-truncated';
  const message = cause instanceof Error ? cause.message : '';
  if (message.startsWith('Unexpected end of stream')) return 'cbor-truncated';
  if (message.startsWith('Maximum depth')) return 'cbor-too-deep';
  return 'cbor-malformed';
}

function withoutUndefined(fields: CborFields): CborFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
