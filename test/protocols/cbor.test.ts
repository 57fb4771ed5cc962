import fc from 'fast-check';
import { encode as oracle } from 'cbor2/encoder';
import { describe, expect, it } from 'vitest';
import {
  cborBytes,
  CborError,
  type CborFields,
  decodeCborMap,
  encodeCborMap,
  MAX_CBOR_DEPTH,
} from '../../native-bridge/protocols/cbor.ts';
import { bytes, hex } from './smp/bytes.ts';

describe('writing a map', () => {
  it('uses definite lengths and the shortest heads, in the order given', () => {
    const fields = { b: [true, 'x'], a: -1, n: 1000, d: Uint8Array.of(1, 2), m: { z: false } };
    expect(hex(encodeCborMap(fields))).toBe(
      hex(bytes("a5 61'b' 82 f5 61'x' 61'a' 20 61'n' 1903e8 61'd' 42 0102 61'm' a1 61'z' f4")),
    );
  });

  it.each([
    [23, '17'],
    [24, '1818'],
    [255, '18ff'],
    [256, '190100'],
    [65_535, '19ffff'],
    [65_536, '1a00010000'],
    [4_294_967_295, '1affffffff'],
    [4_294_967_296, '1b0000000100000000'],
    [Number.MAX_SAFE_INTEGER, '1b001fffffffffffff'],
    [-24, '37'],
    [-25, '3818'],
    [-4_294_967_297, '3b0000000100000000'],
  ])('writes %d in as few bytes as it needs', (value, expected) => {
    expect(hex(encodeCborMap({ v: value }))).toBe(`a16176${expected}`);
  });

  it('leaves out what is undefined', () => {
    expect(hex(encodeCborMap({ a: undefined, b: 1, c: undefined }))).toBe('a1616201');
  });

  it('writes text beyond ASCII as UTF-8', () => {
    expect(hex(encodeCborMap({ name: '店é' }))).toBe(hex(bytes("a1 64'name' 65 e5ba97c3a9")));
  });

  it.each([1.5, Number.NaN, 2 ** 53])('refuses %d, which no command sends', (value) => {
    expect(() => encodeCborMap({ value })).toThrow(RangeError);
  });

  it('writes what another encoder writes, in as many bytes as reckoned', () => {
    fc.assert(
      fc.property(fields(), (map) => {
        const written = encodeCborMap(map);
        expect(hex(written)).toBe(hex(oracle(map)));
        expect(cborBytes(map)).toBe(written.length);
      }),
    );
  });

  it('is undone by reading', () => {
    fc.assert(
      fc.property(fields(), (map) => {
        expect(decodeCborMap(encodeCborMap(map))).toEqual(asMap(map));
      }),
    );
  });
});

describe('reading a map', () => {
  it('takes indefinite maps, lists and strings, as servers send them', () => {
    const map = decodeCborMap(bytes("bf 61'a' 9f 01 02 ff 61'b' 5f 41 01 41 02 ff ff"));
    expect(map).toEqual(
      new Map<string, unknown>([
        ['a', [1, 2]],
        ['b', Uint8Array.of(1, 2)],
      ]),
    );
  });

  it('gives the bytes of the message itself, without a copy', () => {
    const message = bytes("a1 61'd' 43 010203");
    const data = decodeCborMap(message).get('d') as Uint8Array;
    expect(data.buffer).toBe(message.buffer);
    expect(data.byteOffset - message.byteOffset).toBe(4);
  });

  it('keeps the key __proto__ a key', () => {
    const map = decodeCborMap(bytes("a1 69'__proto__' a1 61'x' 01"));
    expect(map.get('__proto__')).toEqual(new Map([['x', 1]]));
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it.each([
    ['nothing', '', 'cbor-truncated'],
    ['a map without its last value', "a1 61'a'", 'cbor-truncated'],
    ['an indefinite map that never ends', "bf 61'a' 01", 'cbor-truncated'],
    ['a string shorter than announced', "a1 61'a' 45 0102", 'cbor-truncated'],
    ['a string of 2 GB', "a1 61'a' 5a7fffffff 01", 'cbor-truncated'],
    ['a list of 2^64 items', "a1 61'a' 9bffffffffffffffff 01", 'cbor-truncated'],
    ['a map of 2^32 entries', 'bb00000001000000000000', 'cbor-truncated'],
    ['a key twice', "a2 61'a' 01 61'a' 02", 'cbor-malformed'],
    ['a key that is no text', 'a1 01 02', 'cbor-malformed'],
    ['a key that is no text, deep inside', "a1 61'a' 81 a1 40 02", 'cbor-malformed'],
    ['more after the map', 'a0 00', 'cbor-malformed'],
    ['text that is no UTF-8', "a1 61'a' 61 ff", 'cbor-malformed'],
    ['a reserved length', "a1 61'a' 1c", 'cbor-malformed'],
    ['an unknown simple value', "a1 61'a' f8 20", 'cbor-malformed'],
    ['an indefinite map with a key and no value', "bf 61'a' ff", 'cbor-malformed'],
    ['a break where none belongs', "a1 61'a' ff", 'cbor-malformed'],
    ['a number', '01', 'cbor-not-a-map'],
    ['a list', '81 a0', 'cbor-not-a-map'],
  ])('refuses %s', (_, notation, code) => {
    expect(failureOf(() => decodeCborMap(bytes(notation)))).toBe(code);
  });

  it('does not build what a tag asks for', () => {
    const map = decodeCborMap(bytes("a1 61'r' d823 64'(a+)'"));
    expect(map.get('r')).not.toBeInstanceOf(RegExp);
  });

  it('stops at a depth, whatever is nested in what', () => {
    for (const open of ['81', '9f', "a1 61'a'", "bf 61'a'", 'd864']) {
      const nested = bytes("a1 61'a'" + open.repeat(2000));
      expect(failureOf(() => decodeCborMap(nested))).toBe('cbor-too-deep');
    }
  });

  it.each(['81', '9f', "a1 61'a'", "bf 61'a'"])(
    'takes the depth it says it takes of %s',
    (open) => {
      const close = { '8': '', a: '', '9': 'ff', b: 'ff' }[open.slice(0, 1)] ?? '';
      const levels = MAX_CBOR_DEPTH - 1;
      const nested = bytes(`a1 61'a' ${open.repeat(levels)} 00 ${close.repeat(levels)}`);
      expect(decodeCborMap(nested).size).toBe(1);
    },
  );

  it('refuses more than a packet can hold without looking at it', () => {
    expect(failureOf(() => decodeCborMap(new Uint8Array(65_536)))).toBe('cbor-too-large');
  });

  it('gives a map or a typed error for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        expect(failureOf(() => decodeCborMap(garbage)) ?? 'read').toMatch(/^(cbor-|read)/);
      }),
      { numRuns: 1000 },
    );
  });

  it('calls every beginning of a map truncated', () => {
    fc.assert(
      fc.property(fields(), fc.double({ min: 0, max: 1, maxExcluded: true }), (map, share) => {
        const whole = encodeCborMap(map);
        const part = whole.subarray(0, Math.floor(whole.length * share));
        expect(failureOf(() => decodeCborMap(part))).toBe('cbor-truncated');
      }),
    );
  });
});

function failureOf(action: () => unknown): string | null {
  try {
    action();
    return null;
  } catch (error) {
    if (error instanceof CborError) return error.code;
    throw error;
  }
}

function fields(): fc.Arbitrary<CborFields> {
  const key = fc.string({ unit: 'binary', maxLength: 26 }).filter((k) => k !== '__proto__');
  const leaf = fc.oneof(
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.uint8Array({ maxLength: 300 }),
  );
  const list = fc.array(leaf, { maxLength: 26 });
  const map = fc.dictionary(key, fc.oneof(leaf, list), { maxKeys: 4 });
  return fc
    .dictionary(key, fc.oneof(leaf, list, map, fc.array(map, { maxLength: 3 })), { maxKeys: 26 })
    .map((entries) => ({ ...entries }));
}

function asMap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asMap);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, asMap(item)]));
}
