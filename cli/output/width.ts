/** Text by the columns it takes: Chinese characters take two, and lines may break between them. */
import stringWidth from 'string-width';

/** Wider lines are harder to read than shorter ones. */
const widestColumns = 120;
/** A pipe has no width; a reader of it can take longer lines than a table needs. */
const unknownColumns = 100;
/** Narrower ones hold no table. */
const leastColumns = 20;

/** How wide the output may be. Where nothing is known of that, COLUMNS says it, as in a shell. */
export function columnsOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  environment: Readonly<Record<string, string | undefined>>,
): number {
  const told = stream.isTTY === true ? stream.columns : Number(environment['COLUMNS']);
  const columns = told === undefined || !(told > 0) ? unknownColumns : told;
  return Math.max(leastColumns, Math.min(widestColumns, Math.floor(columns)));
}

export const widthOf = (text: string): number => stringWidth(text);

/** Padded with spaces to a width; longer text stays. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** Cut to a width, the last column showing that it was. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  for (const { segment } of segmenter.segment(text)) {
    if (widthOf(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'grapheme' });
/** A wide character stands alone, except that closing marks stay with what they close. */
const pieces =
  /\s+|[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff][\u3001\u3002\uff01\uff09\uff0c\uff1a\uff1b\uff1f\u201d]*|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+/gu;

/** Lines of at most so many columns; breaks at spaces and between wide characters, else anywhere. */
export function wrap(text: string, columns: number): string[] {
  const limit = Math.max(1, columns);
  return text.split('\n').flatMap((line) => wrapLine(line, limit));
}

/** As `wrap`, of names that stay whole where they are not wider than a line themselves. */
export function wrapNames(names: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const joined = `${lines.at(-1) ?? ''}${name}`;
    if (lines.length > 0 && widthOf(joined.trimEnd()) <= columns) lines[lines.length - 1] = joined;
    else lines.push(...wrap(name.trimStart(), columns));
  }
  return lines.map((line) => line.trimEnd());
}

function wrapLine(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  const flush = () => {
    lines.push(line.trimEnd());
    line = '';
  };
  for (const [piece] of text.matchAll(pieces)) {
    if (widthOf(line) + widthOf(piece.trimEnd()) > columns && line !== '') flush();
    if (line === '' && lines.length > 0 && piece.trim() === '') continue;
    if (widthOf(piece) <= columns) {
      line += piece;
      continue;
    }
    for (const { segment } of segmenter.segment(piece)) {
      if (widthOf(line + segment) > columns && line !== '') flush();
      line += segment;
    }
  }
  flush();
  return lines;
}
