/**
 * Where text that is too long for one piece is cut: between words, so that no card number and no key
 * stands with one half here and one there, and neither half looks like what it is.
 */

/** The longest word or row of numbers that is kept together. */
const longestTogether = 256;

/**
 * The last good place to cut, for characters (`charCodeAt`) or bytes of UTF-8; `length` where there
 * is none near the end.
 */
export function seamBefore(codeAt: (index: number) => number, length: number): number {
  const least = Math.max(2, length - longestTogether);
  for (let at = length - 1; at >= least; at--) {
    if (isSeam(codeAt, at)) return at;
  }
  return length;
}

/** The beginning of the text, of `limit` characters at most. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return text.slice(
    0,
    seamBefore((index) => text.charCodeAt(index), limit),
  );
}

const blanks: readonly number[] = [0x09, 0x20, 0x2c, 0x3b];

/** Of a name and its value: `:` and `=`. */
const signs: readonly number[] = [0x3a, 0x3d];

/**
 * Before what is no ASCII, as Chinese is, and after a blank, but not within a row of numbers or bytes,
 * nor between a name and its value.
 */
function isSeam(codeAt: (index: number) => number, at: number): boolean {
  const after = codeAt(at);
  if (after >= 0xc0) return (after & 0xfc00) !== 0xdc00;
  if (!blanks.includes(codeAt(at - 1)) || (isOfRow(codeAt(at - 2)) && isOfRow(after))) return false;
  return ![2, 3, 4].some((back) => signs.includes(codeAt(at - back)));
}

/** Digits, hex digits, and what stands between them. */
function isOfRow(code: number): boolean {
  return /[0-9a-f \t,;:-]/i.test(String.fromCharCode(code));
}
