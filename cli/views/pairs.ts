/** Name and value, one a line, the values in one column. */
import { padEnd, widthOf, wrap } from '../output/width.ts';
import type { Style } from '../output/style.ts';

export type Pair = readonly [name: string, value: string];

export function pairs(entries: readonly Pair[], columns: number, style: Style): string {
  const width = Math.max(0, ...entries.map(([name]) => widthOf(name)));
  return entries
    .flatMap(([name, value]) =>
      wrap(value, Math.max(20, columns - width - 4)).map((line, index) =>
        `  ${index === 0 ? style.dim(padEnd(name, width)) : ' '.repeat(width)}  ${line}`.trimEnd(),
      ),
    )
    .join('\n');
}
