import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16CcittFalse, crc16Xmodem } from '../../native-bridge/protocols/crc.ts';

const digits = new TextEncoder().encode('123456789');

describe('CRC-16/XMODEM', () => {
  it('has the check value of its catalogue entry', () => {
    expect(crc16Xmodem(digits)).toBe(0x31c3);
  });

  it('is 0 over bytes that end in their own checksum', () => {
    expect(crc16Xmodem(Uint8Array.of(...digits, 0x31, 0xc3))).toBe(0);
  });

  it('has the check value of its sister that begins at 0xFFFF', () => {
    expect(crc16CcittFalse(digits)).toBe(0x29b1);
  });

  it('is what dividing bit by bit gives, wherever it begins and ends', () => {
    const range = fc.uint8Array({ maxLength: 70 });
    fc.assert(
      fc.property(range, fc.nat(10), fc.nat(10), (data, before, after) => {
        const around = Uint8Array.of(
          ...Array<number>(before).fill(7),
          ...data,
          ...Array<number>(after),
        );
        expect(crc16Xmodem(around, before, before + data.length)).toBe(bitByBit(data));
      }),
    );
  });

  it('is 0 over nothing', () => {
    expect(crc16Xmodem(new Uint8Array(0))).toBe(0);
  });
});

function bitByBit(data: Uint8Array): number {
  let crc = 0;
  for (const byte of data) {
    for (let bit = 7; bit >= 0; bit--) {
      const carry = ((crc >> 15) ^ (byte >> bit)) & 1;
      crc = ((crc << 1) & 0xffff) ^ (carry === 1 ? 0x1021 : 0);
    }
  }
  return crc;
}
