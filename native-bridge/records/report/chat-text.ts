/** Text of any script in lines of plain text, cut between what people see as characters. */

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
