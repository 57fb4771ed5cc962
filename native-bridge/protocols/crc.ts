/** Checksums that more than one protocol uses. */

const XMODEM_POLYNOMIAL = 0x1021;

const xmodemTable = new Uint16Array(256);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) {
    crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ XMODEM_POLYNOMIAL;
  }
  xmodemTable[byte] = crc;
}

/**
 * CRC-16/XMODEM (polynomial 0x1021, start 0, not reflected; check value of "123456789": 0x31C3)
 * over bytes `from` up to `to`.
 */
export function crc16Xmodem(bytes: Uint8Array, from = 0, to = bytes.length): number {
  return crc16From(0, bytes, from, to);
}

/** CRC-16/CCITT-FALSE: the same polynomial, start 0xFFFF (check value of "123456789": 0x29B1). */
export function crc16CcittFalse(bytes: Uint8Array, from = 0, to = bytes.length): number {
  return crc16From(0xffff, bytes, from, to);
}

function crc16From(start: number, bytes: Uint8Array, from: number, to: number): number {
  let crc = start;
  for (let i = from; i < to; i++) {
    // Inside both tables by construction; `?? 0` would cost a tenth of the speed.
    crc = ((crc << 8) & 0xffff) ^ (xmodemTable[(crc >> 8) ^ (bytes[i] as number)] as number);
  }
  return crc;
}
