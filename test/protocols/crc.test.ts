import { describe, expect, it } from 'vitest';
import { crc16Xmodem } from '../../native-bridge/protocols/crc.ts';

const digits = new TextEncoder().encode('123456789');

describe('CRC-16/XMODEM', () => {
  it('has the check value of its catalogue entry', () => {
    expect(crc16Xmodem(digits)).toBe(0x31c3);
  });

  it('is 0 over bytes that end in their own checksum', () => {
    expect(crc16Xmodem(Uint8Array.of(...digits, 0x31, 0xc3))).toBe(0);
  });

  it('is 0 over nothing', () => {
    expect(crc16Xmodem(new Uint8Array(0))).toBe(0);
  });
});
