/**
 * CBOR (RFC 8949) as the management protocols use it: one map with text keys per message.
 *
 * Reading: bodies come from devices and are hostile. cbor2 reads them, bounded in size and depth;
 * tags are not interpreted, doubled keys are refused, and maps become `Map`, so that no key can
 * reach a prototype. Writing is in cbor-write.ts.
 */
import { decode } from 'cbor2/decoder';

export { cborBytes, type CborFields, encodeCborMap } from './cbor-write.ts';

/** As decoded. An integer beyond 2^53 is a bigint; a tagged value is a cbor2 Tag, which no reader takes. */
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
/** Maps and lists within each other. The deepest reply of a known command (slot info) has 5. */
export const MAX_CBOR_DEPTH = 12;

/**
 * Reads exactly one map, definite or indefinite. Byte strings may be views of `bytes`.
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

const decodeOptions = {
  // cbor2 2.3 counts a list of definite length as two levels: what it refuses at the latest is twice ours.
  maxDepth: 2 * MAX_CBOR_DEPTH,
  // A tag could ask for a date, a URL or a regular expression to be built from the device's text.
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

/** cbor2 throws plain errors: the two that matter are told by type and by the start of their text. */
function codeOf(cause: unknown): CborErrorCode {
  if (cause instanceof RangeError) return 'cbor-truncated';
  const message = cause instanceof Error ? cause.message : '';
  if (message.startsWith('Unexpected end of stream')) return 'cbor-truncated';
  if (message.startsWith('Maximum depth')) return 'cbor-too-deep';
  return 'cbor-malformed';
}
