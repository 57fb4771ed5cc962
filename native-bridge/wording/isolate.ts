/** Names of any script in a sentence: those that run from right to left leave the rest its order. */

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
