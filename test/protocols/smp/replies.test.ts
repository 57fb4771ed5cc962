import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CborMap, CborValue } from '../../../native-bridge/protocols/cbor.ts';
import {
  decodeRequest,
  decodeResponse,
  readResult,
  type SmpCommand,
} from '../../../native-bridge/protocols/smp/command.ts';
import { commands } from '../../../native-bridge/protocols/smp/commands.ts';
import { SmpError, SmpFormatError } from '../../../native-bridge/protocols/smp/errors.ts';
import { groupList } from '../../../native-bridge/protocols/smp/enumeration/index.ts';
import { imageStateRead } from '../../../native-bridge/protocols/smp/image/index.ts';
import { dateTimeGet, parameters } from '../../../native-bridge/protocols/smp/os/index.ts';
import { settingRead } from '../../../native-bridge/protocols/smp/settings/index.ts';
import { statisticsGroup } from '../../../native-bridge/protocols/smp/statistics/index.ts';
import { bytes } from './bytes.ts';

describe('a reply packet', () => {
  it.each([
    ['a request, as a port that echoes gives back', '0000 0001 0001 10 00 a0', 'not-a-reply'],
    ['a header that announces a body and no body', '0100 0029 0002 33 00', 'body-truncated'],
    ['a header that announces none, and none', '0100 0000 0001 10 00', 'body-truncated'],
    ['a body cut short inside', "0100 0004 0001 10 00 bf 62'rc'", 'body-truncated'],
    ['a body longer than announced', '0100 0001 0001 10 00 a0 a0', 'packet-long'],
    ['a body that is no CBOR', '0100 0001 0001 10 00 1c', 'body-malformed'],
    ['a body that is no map', '0100 0001 0001 10 00 01', 'body-malformed'],
    ['too little for a header', '0100 00', 'packet-short'],
  ])('of %s is refused', (_, notation, problem) => {
    expect(errorOf(() => decodeResponse(bytes(notation)))).toMatchObject({
      code: 'reply-malformed',
      problem,
    });
  });

  it('that is broken still says whose it is', () => {
    const error = errorOf(() => decodeResponse(bytes('0100 0029 0002 33 00')));
    expect(error).toMatchObject({ header: { group: 2, sequence: 0x33, id: 0 } });
  });

  it('is no request', () => {
    expect(errorOf(() => decodeRequest(bytes('0100 0001 0001 10 00 a0')))).toMatchObject({
      problem: 'not-a-request',
    });
  });

  it('of any bytes gives a message or a typed error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (packet) => {
        const error = errorOf(() => decodeResponse(packet));
        expect(error === null || error instanceof SmpFormatError).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a body', () => {
  it.each([
    ['a missing number', parameters, "bf 68'buf_size' 190400 ff", 'field-missing', 'buf_count'],
    ['text for a number', parameters, "bf 68'buf_size' 61'1' ff", 'field-type', 'buf_size'],
    ['a negative count', parameters, "bf 68'buf_size' 20 ff", 'field-range', 'buf_size'],
    ['a fraction', parameters, "bf 68'buf_size' f93e00 ff", 'field-range', 'buf_size'],
    ['2^64 − 1', parameters, "bf 68'buf_size' 1bffffffffffffffff ff", 'field-range', 'buf_size'],
    ['text for bytes', settingRead, "bf 63'val' 61'x' ff", 'field-type', 'val'],
    ['a map for a list', imageStateRead, "bf 66'images' a0 ff", 'field-type', 'images'],
    ['numbers for maps', imageStateRead, "bf 66'images' 81 01 ff", 'field-type', 'images'],
    ['text among numbers', groupList, "bf 66'groups' 82 01 61'x' ff", 'field-type', 'groups'],
    ['a date that is none', dateTimeGet, "bf 68'datetime' 65'today' ff", 'field-range', 'datetime'],
    [
      'a statistic that is text',
      statisticsGroup,
      "bf 64'name' 61'x' 66'fields' a1 61'c' 61'y' ff",
      'field-type',
      'c',
    ],
  ] as const)('with %s is malformed there', (_, command, notation, problem, field) => {
    expect(
      errorOf(() => readResult(command as SmpCommand<never, unknown>, bodyOf(notation))),
    ).toMatchObject({
      code: 'reply-malformed',
      problem,
      field,
    });
  });

  it('with fields nobody asked for is read all the same', () => {
    const body = bodyOf("bf 68'buf_size' 01 61'x' 9f a0 ff 69'buf_count' 02 ff");
    expect(readResult(parameters, body)).toEqual({ bufferBytes: 1, bufferCount: 2 });
  });

  it('with more slots than any device has is refused', () => {
    const body: CborMap = new Map([['images', Array.from({ length: 1025 }, () => new Map())]]);
    expect(errorOf(() => readResult(imageStateRead, body))).toMatchObject({
      problem: 'field-range',
      field: 'images',
    });
  });

  it.each(commands)('of any shape gives $name a result or a typed error', (command) => {
    fc.assert(
      fc.property(bodies(), (body) => {
        const error = errorOf(() => readResult(command, body));
        const typed = error instanceof SmpFormatError || error instanceof SmpError;
        expect(error === null || typed).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

function bodyOf(notation: string): CborMap {
  const cbor = bytes(notation);
  return decodeResponse(Uint8Array.of(9, 0, 0, cbor.length, 0, 0, 0, 0, ...cbor)).body;
}

function errorOf(action: () => unknown): unknown {
  try {
    action();
    return null;
  } catch (error) {
    return error;
  }
}

const names =
  `r tasks prio tid state rc err group datetime buf_size buf_count output bootloader mode
  images slot slots version hash size off match name fields stat_list val len type data types format
  o ret count groups index end handlers mpools blksiz nblks nfree min`.split(/\s+/);

/** Bodies with the right names and anything under them. */
function bodies(): fc.Arbitrary<CborMap> {
  const leaf: fc.Arbitrary<CborValue> = fc.oneof(
    fc.integer({ min: -2, max: 2 }),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.string({ maxLength: 5 }),
    fc.uint8Array({ maxLength: 5 }),
  );
  const deeper = (value: fc.Arbitrary<CborValue>): fc.Arbitrary<CborValue> =>
    fc.oneof(leaf, mapsOf(value), fc.array(fc.oneof(leaf, mapsOf(value)), { maxLength: 3 }));
  return mapsOf(deeper(deeper(leaf)));
}

function mapsOf(value: fc.Arbitrary<CborValue>): fc.Arbitrary<CborMap> {
  return fc
    .dictionary(fc.constantFrom(...names), value, { maxKeys: 12 })
    .map((entries) => new Map(Object.entries(entries)));
}
