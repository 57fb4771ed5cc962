import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeSerial,
  SerialFraming,
  type SerialValue,
} from '../../../native-bridge/protocols/smp/serial-framing.ts';

const limits = { maxPacketBytes: 600, maxTextBytes: 40 };

describe('any packet', () => {
  it('comes back from its lines, whatever their length', () => {
    fc.assert(
      fc.property(packets(), fc.integer({ min: 7, max: 300 }), (packet, maxLineBytes) => {
        const framing = new SerialFraming({ ...limits, maxLineBytes });
        const stream = framing.encode(packet);
        expect(longestLine(stream)).toBeLessThanOrEqual(maxLineBytes);
        expect(framing.push(stream)).toEqual([{ kind: 'packet', bytes: packet }]);
      }),
    );
  });

  it('comes back after any garbage', () => {
    fc.assert(
      fc.property(streams(), packets(), (garbage, packet) => {
        const framing = new SerialFraming(limits);
        framing.push(garbage);
        const values = framing.push(encodeSerial(packet));
        expect(values.at(-1)).toEqual({ kind: 'packet', bytes: packet });
      }),
    );
  });

  it('with one byte of its lines changed never comes back as another', () => {
    const place = fc.double({ min: 0, max: 1, maxExcluded: true });
    fc.assert(
      fc.property(packets(), place, fc.integer({ min: 1, max: 255 }), (packet, share, change) => {
        const stream = encodeSerial(packet);
        const at = Math.floor(share * stream.length);
        stream[at] = (stream[at] ?? 0) ^ change;
        for (const value of new SerialFraming(limits).push(stream)) {
          if (value.kind === 'packet') expect(value.bytes).toEqual(packet);
        }
      }),
    );
  });
});

describe('any stream', () => {
  it('gives the same values however it is split', () => {
    fc.assert(
      fc.property(streams(), fc.array(fc.integer({ min: 1, max: 50 })), (stream, sizes) => {
        const whole = new SerialFraming(limits);
        const split = new SerialFraming(limits);
        const expected = [...whole.push(stream), ...whole.flush()];
        expect([...inPieces(split, stream, sizes), ...split.flush()]).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same values byte by byte', () => {
    fc.assert(
      fc.property(streams(), (stream) => {
        const pieces = Array<number>(stream.length).fill(1);
        const expected = new SerialFraming(limits).push(stream);
        expect(inPieces(new SerialFraming(limits), stream, pieces)).toEqual(expected);
      }),
    );
  });

  it('gives values within the limits, and no more bytes than came', () => {
    fc.assert(
      fc.property(streams(), (stream) => {
        const framing = new SerialFraming(limits);
        const values = [...framing.push(stream), ...framing.flush()];
        let accounted = 0;
        for (const value of values) {
          if (value.kind !== 'bad-frame') {
            const limit = value.kind === 'text' ? limits.maxTextBytes : limits.maxPacketBytes;
            expect(value.bytes.length).toBeLessThanOrEqual(limit);
          }
          accounted += value.kind === 'bad-frame' ? value.droppedBytes : value.bytes.length;
        }
        expect(accounted).toBeLessThanOrEqual(stream.length);
      }),
    );
  });

  it('of text alone gives every byte back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (stream) => {
        const harmless = stream.map((byte) => (byte === 6 || byte === 4 ? 0 : byte));
        const framing = new SerialFraming(limits);
        const values = [...framing.push(harmless), ...framing.flush()];
        expect(values.every(({ kind }) => kind === 'text')).toBe(true);
        expect(joined(values)).toEqual(harmless);
      }),
    );
  });
});

describe('a stream without end', () => {
  it.each([
    ['of one frame line', 'A'],
    ['of text without a line end', 'x['],
    ['of marker beginnings', '\u0006'],
  ])('%s keeps at most one packet and one line', (_, unit) => {
    const framing = new SerialFraming(limits);
    const chunk = new TextEncoder().encode(unit.repeat(100_000));
    framing.push(Uint8Array.of(6, 9));
    for (let i = 0; i < 5; i++) framing.push(chunk);
    const rest = joined(framing.flush());
    expect(rest.length).toBeLessThanOrEqual(limits.maxTextBytes);
  });
});

function packets(): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: 8, maxLength: limits.maxPacketBytes, size: 'max' });
}

/** Text, whole frames, pieces of frames and bytes that mean something to the decoder, mixed. */
function streams(): fc.Arbitrary<Uint8Array> {
  const frame = packets().map((packet) => encodeSerial(packet));
  const piece = fc
    .tuple(frame, fc.nat(200), fc.nat(200))
    .map(([lines, from, count]) => lines.subarray(from, from + count));
  const meaningful = fc.constantFrom(0x06, 0x09, 0x04, 0x14, 0x0a, 0x0d, 0x3d, 0x41, 0x5b);
  const noise = fc.array(meaningful, { maxLength: 12 }).map((values) => Uint8Array.from(values));
  const log = fc.string({ maxLength: 60 }).map((line) => new TextEncoder().encode(`${line}\r\n`));
  return fc
    .array(fc.oneof(frame, piece, noise, log), { maxLength: 8 })
    .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));
}

function inPieces(
  framing: SerialFraming,
  stream: Uint8Array,
  sizes: readonly number[],
): SerialValue[] {
  const values: SerialValue[] = [];
  let at = 0;
  for (const size of sizes) {
    values.push(...framing.push(stream.subarray(at, at + size)));
    at += size;
  }
  values.push(...framing.push(stream.subarray(at)));
  return values;
}

function joined(values: readonly SerialValue[]): Uint8Array {
  return Uint8Array.from(
    values.flatMap((value) => (value.kind === 'text' ? [...value.bytes] : [])),
  );
}

function longestLine(stream: Uint8Array): number {
  const lines = Buffer.from(stream).toString('latin1').split('\n');
  return Math.max(...lines.map((line) => line.length)) + 1;
}
