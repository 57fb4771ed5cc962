/**
 * Which code is which: row by row from the top, in each from the left, as a person points at them.
 * Codes stand in one row where the middle of one lies within the height of the row's first.
 */
import type { FoundCode, Point } from './decoder-messages.ts';

export interface PlacedCode extends FoundCode {
  /** From 1. */
  readonly row: number;
  /** From 1, in its row. */
  readonly column: number;
}

export function inReadingOrder(codes: readonly FoundCode[]): PlacedCode[] {
  const rows: FoundCode[][] = [];
  const fromTop = [...codes].sort((a, b) => middle(a).y - middle(b).y);
  for (const code of fromTop) {
    const row = rows.at(-1);
    const [first] = row ?? [];
    if (row !== undefined && first !== undefined && isBeside(code, first)) row.push(code);
    else rows.push([code]);
  }
  return rows.flatMap((row, atRow) =>
    row
      .sort((a, b) => middle(a).x - middle(b).x)
      .map((code, atColumn) => ({ ...code, row: atRow + 1, column: atColumn + 1 })),
  );
}

const isBeside = (code: FoundCode, first: FoundCode): boolean =>
  Math.abs(middle(code).y - middle(first).y) <= heightOf(first) / 2;

const heightOf = ({ corners }: FoundCode): number => {
  const ys = corners.map(({ y }) => y);
  return Math.max(...ys) - Math.min(...ys);
};

function middle({ corners }: FoundCode): Point {
  const sum = corners.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / corners.length, y: sum.y / corners.length };
}
