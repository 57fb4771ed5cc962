/** What the log says of a time, from its newest files, bounded. */
import { open } from 'node:fs/promises';

/** Rotated by log.ts: `.2` is the oldest. */
const suffixes = ['.2', '.1', ''] as const;
/** Of each file's end; a file is rotated at one mebibyte. */
const readBytes = 2 * 1024 * 1024;

export interface LogExcerpt {
  /** Whole lines, oldest first. */
  readonly text: string;
  /** Characters of older lines that were left out. */
  readonly leftOutCharacters: number;
}

export async function logExcerpt(
  file: string,
  time: { readonly fromUtc: string; readonly untilUtc: string },
  maxCharacters: number,
): Promise<LogExcerpt> {
  const kept: string[] = [];
  for (const suffix of suffixes) {
    const lines = (await endOf(`${file}${suffix}`)).split('\n');
    kept.push(...lines.filter((line) => isWithin(line.slice(0, 24), time)));
  }
  const text = kept.map((line) => `${line}\n`).join('');
  if (text.length <= maxCharacters) return { text, leftOutCharacters: 0 };
  const cut = text.slice(-maxCharacters);
  const whole = cut.slice(cut.indexOf('\n') + 1);
  return { text: whole, leftOutCharacters: text.length - whole.length };
}

/** By the stamp at the beginning of each line; ISO times in UTC sort as text. */
function isWithin(stamp: string, { fromUtc, untilUtc }: { fromUtc: string; untilUtc: string }) {
  return /^\d{4}-.*Z$/.test(stamp) && stamp >= fromUtc && stamp <= untilUtc;
}

/** Empty where there is no such file. */
async function endOf(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const sizeBytes = Math.min(size, readBytes);
      const bytes = Buffer.alloc(sizeBytes);
      const { bytesRead } = await handle.read(bytes, 0, sizeBytes, size - sizeBytes);
      return bytes.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return '';
  }
}
