/**
 * `df -k /data` (toybox), or the totals of `dumpsys diskstats`. Android 6 and vendors with a df of
 * their own print rounded sizes such as 1.2G: those tell no bytes.
 */
import { linesOf } from './text.ts';
import { integerOf } from './values.ts';

export interface Storage {
  readonly dataFreeBytes: number | null;
  readonly dataTotalBytes: number | null;
}

const unknown: Storage = { dataFreeBytes: null, dataTotalBytes: null };

export function parseStorage(text: string): Storage {
  const lines = linesOf(text).slice(0, 4_096);
  return readTotals(lines) ?? readTable(lines) ?? unknown;
}

function readTotals(lines: readonly string[]): Storage | null {
  for (const line of lines) {
    const [, free, total] = /^Data-Free: (\d{1,15})K \/ (\d{1,15})K total\b/.exec(line) ?? [];
    if (free !== undefined && total !== undefined) return inBlocks(free, total, 1_024);
  }
  return null;
}

/** The row of /data, or the only one: what was asked for may be named by what is mounted there. */
function readTable(lines: readonly string[]): Storage | null {
  const from = lines.findIndex((line) => line.startsWith('Filesystem'));
  const block = blockBytes(lines[from] ?? '');
  if (from < 0 || block === null) return null;
  const rows = lines
    .slice(from + 1)
    .map((line) => line.trim().split(/\s+/, 16))
    .filter((row) => row.length >= 6);
  const row = rows.find((each) => each[5] === '/data') ?? (rows.length === 1 ? rows[0] : undefined);
  return row === undefined ? null : inBlocks(row[3], row[1], block);
}

function blockBytes(header: string): number | null {
  if (/\b(?:1K|1024)-blocks\b/.test(header)) return 1_024;
  return /\b512-blocks\b/.test(header) ? 512 : null;
}

function inBlocks(
  free: string | undefined,
  total: string | undefined,
  bytes: number,
): Storage | null {
  const [freeBlocks, totalBlocks] = [integerOf(free), integerOf(total)];
  if (freeBlocks === null || totalBlocks === null) return null;
  if (freeBlocks < 0 || freeBlocks > totalBlocks) return null;
  return { dataFreeBytes: freeBlocks * bytes, dataTotalBytes: totalBlocks * bytes };
}
