import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SmpFormatError } from '../../../native-bridge/protocols/smp/errors.ts';
import {
  readHeader,
  type SmpHeader,
  writeHeader,
} from '../../../native-bridge/protocols/smp/header.ts';
import { bytes } from './bytes.ts';

describe('the header', () => {
  it('has operation and version in its first byte, and big-endian numbers', () => {
    expect(readHeader(bytes('0a 01 0203 0405 06 07'))).toEqual({
      operation: 'write',
      version: 2,
      flags: 1,
      bodyBytes: 0x0203,
      group: 0x0405,
      sequence: 6,
      id: 7,
    });
  });

  it('ignores the reserved bits', () => {
    expect(readHeader(bytes('e1 00 0000 0000 00 00'))).toMatchObject({
      operation: 'read-reply',
      version: 1,
    });
  });

  it('is read even where its body is missing', () => {
    expect(readHeader(bytes('0100 0029 0002 33 00')).sequence).toBe(0x33);
  });

  it.each([
    ['fewer than 8 bytes', '0a00 0000 0000 00', 'packet-short'],
    ['a version of the future', '1000 0000 0000 00 00', 'packet-version'],
    ['an unknown operation', '0c00 0000 0000 00 00', 'packet-version'],
  ])('of %s is refused', (_, notation, problem) => {
    expect(() => readHeader(bytes(notation))).toThrow(SmpFormatError);
    expect(() => readHeader(bytes(notation))).toThrow(problem);
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(headers(), (header) => {
        const packet = new Uint8Array(8);
        writeHeader(header, packet);
        expect(readHeader(packet)).toEqual(header);
      }),
    );
  });
});

function headers(): fc.Arbitrary<SmpHeader> {
  const byte = fc.integer({ min: 0, max: 0xff });
  const word = fc.integer({ min: 0, max: 0xffff });
  return fc.record({
    operation: fc.constantFrom('read', 'read-reply', 'write', 'write-reply'),
    version: fc.constantFrom(1, 2),
    flags: byte,
    bodyBytes: word,
    group: word,
    sequence: byte,
    id: byte,
  });
}
