/** Text of any script in lines of plain text: cut between what people see as characters, and isolated. */

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** At most so many characters as people count them; an emoji of several parts is one. */
export function clipped(text: string, maxCharacters: number): string {
  const kept: string[] = [];
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length === maxCharacters) return `${kept.slice(0, -1).join('').trimEnd()}…`;
    kept.push(segment);
  }
  return text;
}

// The words' own cleaning takes bidi controls out of facts: until a line is whole, letters of the
// private use area stand in their place.
const open = '\ue000';
const close = '\ue001';
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A name whose letters may run the other way than its line. */
export function marked(text: string): string {
  const plain = text.replaceAll(/[\ue000\ue001]/gu, '');
  return rightToLeft.test(plain) ? `${open}${plain}${close}` : plain;
}

/** The finished line: marks become FSI and PDI (Unicode, UAX 9), each that was opened is closed. */
export function isolated(line: string): string {
  const count = (mark: string): number => line.split(mark).length - 1;
  const missing = Math.max(0, count(open) - count(close));
  return (line + close.repeat(missing)).replaceAll(open, '\u2068').replaceAll(close, '\u2069');
}
