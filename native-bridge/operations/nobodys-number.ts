/**
 * Serial numbers that boards leave the factory with before they get one of their own: many terminals
 * show them, so they say of none which it is. MediaTek's and Rockchip's reference firmware shows
 * `0123456789ABCDEF`; Android prints `unknown` where the boot loader passed none on.
 */
const counting = ['0123456789ABCDEF', '1234567890ABCDEF'];
const leastCharacters = 6;

export function isNobodysNumber(serialNumber: string): boolean {
  const text = serialNumber.trim().toUpperCase();
  if (text === 'UNKNOWN' || text === 'NULL' || text === 'N/A') return true;
  if (/^0*$/.test(text)) return true;
  if (text.length < leastCharacters) return false;
  return /^(.)\1*$/u.test(text) || counting.some((digits) => digits.startsWith(text));
}
