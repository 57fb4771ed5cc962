/** Tables that fit the terminal: the widest column gives way first, its text is wrapped. */
import CliTable from 'cli-table3';
import { widthOf, wrap, wrapNames } from './width.ts';

/** A row of cells, or one text over the whole width; of several names, lines break between them. */
export type Row = readonly string[] | Title;

interface Title {
  readonly title: string | readonly string[];
}

export interface TableOptions {
  readonly columns: number;
  readonly head?: readonly string[];
  /** Columns that are never wrapped: what is in them is copied. */
  readonly keep?: readonly number[];
  /** Paints what the table itself adds: borders and headings. */
  readonly dim?: (text: string) => string;
}

/** One border and a space on each side of a cell, and the border at the end. */
const cellFrame = 3;
const endFrame = 1;
const leastWidth = 6;

export function table(rows: readonly Row[], options: TableOptions): string {
  const { head, keep = [], dim = (text: string) => text } = options;
  const cells = rows.filter((row) => !isTitle(row)) as (readonly string[])[];
  const natural = naturalWidths(head === undefined ? cells : [head, ...cells]);
  const titles = rows.filter(isTitle).map((row) => namesOf(row).join(''));
  const widths = roomFor(titles, fit(natural, options.columns, keep), options.columns);
  const inner = widths.reduce((sum, width) => sum + width + cellFrame, 0) - cellFrame;
  const drawn = new CliTable({
    ...(head === undefined ? {} : { head: head.map((text) => dim(text)) }),
    colWidths: widths.map((width) => width + cellFrame - 1),
    style: { head: [], border: [], compact: true },
    chars: borders(dim),
  });
  for (const row of rows) {
    if (isTitle(row)) {
      const content = wrapNames(namesOf(row), inner).join('\n');
      drawn.push([{ colSpan: widths.length, content }]);
    } else {
      drawn.push(row.map((cell, index) => wrap(cell, widths[index] ?? leastWidth).join('\n')));
    }
  }
  return joined(drawn.toString(), dim);
}

/** Borders are painted sign by sign; a line of them needs its colour once. */
function joined(text: string, dim: (text: string) => string): string {
  const [open = '', close = ''] = dim('─').split('─');
  return open === '' ? text : text.replaceAll(close + open, '');
}

function isTitle(row: Row): row is Title {
  return 'title' in row;
}

const namesOf = ({ title }: Title): readonly string[] =>
  typeof title === 'string' ? [title] : title;

function naturalWidths(rows: readonly (readonly string[])[]): number[] {
  const count = Math.max(1, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, index) =>
    Math.max(1, ...rows.flatMap((row) => (row[index] ?? '').split('\n').map(widthOf))),
  );
}

/** Takes columns from the widest until all fit. */
function fit(natural: readonly number[], columns: number, keep: readonly number[]): number[] {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width + cellFrame, endFrame) - columns;
  while (over > 0) {
    const giving = widths.filter((width, index) => width > leastWidth && !keep.includes(index));
    if (giving.length === 0) break;
    const widest = Math.max(...giving);
    const at = widths.findIndex((width, index) => width === widest && !keep.includes(index));
    widths[at] = widest - 1;
    over--;
  }
  return widths;
}

/** Titles need room too, be there ever so little or nothing under them: the last column gives it. */
function roomFor(titles: readonly string[], widths: number[], columns: number): number[] {
  const whole = widths.reduce((sum, width) => sum + width + cellFrame, endFrame);
  const wanted = Math.max(0, ...titles.map(widthOf)) + cellFrame + endFrame;
  const more = Math.max(0, Math.min(wanted, columns) - whole);
  return widths.map((width, at) => (at === widths.length - 1 ? width + more : width));
}

function borders(dim: (text: string) => string): Record<string, string> {
  const chars = {
    top: '─',
    'top-mid': '┬',
    'top-left': '┌',
    'top-right': '┐',
    bottom: '─',
    'bottom-mid': '┴',
    'bottom-left': '└',
    'bottom-right': '┘',
    left: '│',
    'left-mid': '├',
    mid: '─',
    'mid-mid': '┼',
    right: '│',
    'right-mid': '┤',
    middle: '│',
  };
  return Object.fromEntries(Object.entries(chars).map(([name, char]) => [name, dim(char)]));
}
