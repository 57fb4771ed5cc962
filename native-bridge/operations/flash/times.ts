/**
 * How fast a terminal erases, writes, swaps and starts: nothing that could be measured before it is
 * flashed. The best that is known counts: its own last flash, the last one of its model, its
 * profile, else what is usual for such parts, and that is a range.
 */
import type { ModelTimes } from '../../terminals/profile-firmware.ts';
import type { Profile } from '../../terminals/profile.ts';
import type { KnownOfFlashes } from './history.ts';

/** Within it, and most likely so much. */
export interface Range {
  readonly least: number;
  readonly likely: number;
  readonly most: number;
}

export interface Times {
  readonly eraseMsPerKib: Range;
  readonly writeMsPerKib: Range;
  /** From the reset until it answers, per KiB of the image and besides. */
  readonly restart: { readonly msPerKib: Range; readonly baseMs: Range };
}

/** 64 KiB blocks in 150 ms, pages of 4 KiB in 45 to 100 ms. */
const usualErase: Range = { least: 2, likely: 8, most: 30 };
/** 256 bytes in 0.4 to 3 ms, or a word in 40 µs. */
const usualWrite: Range = { least: 1, likely: 3, most: 12 };
/** Both slots' sectors are read, erased and written, some modes do it once, some three times. */
const usualSwap: Range = { least: 6, likely: 15, most: 100 };
/** The signature is checked, the application comes up. */
const usualStart: Range = { least: 300, likely: 1_000, most: 8_000 };
/** Half of the time between two looks at whether it is back. */
const noticedAfterMs = 800;

/** Modes whose boot loader starts the image where it was written. */
const inPlace: ReadonlySet<string> = new Set([
  'serial-recovery',
  'single-slot',
  'direct-xip',
  'direct-xip-revert',
  'ram-load',
  'single-slot-ram-load',
]);

export interface Written {
  /** The boot loader's; null: not known. */
  readonly mode: string | null;
  /** The terminal shows an image where the new one goes; else there may be nothing to erase. */
  readonly slotHolds: boolean;
}

export function timesOf(
  { firmware }: Profile,
  known: KnownOfFlashes,
  { mode, slotHolds }: Written,
): Times {
  const model = firmware?.times ?? null;
  const erase = pick(known.eraseMsPerKib, model?.eraseMsPerKib, usualErase);
  const write = pick(null, model?.writeMsPerKib, usualWrite);
  return {
    eraseMsPerKib: slotHolds ? erase : perhaps(erase),
    writeMsPerKib: atMost(write, known.writeMsPerKibAtMost),
    restart: restartTimes(model, known, mode !== null && inPlace.has(mode)),
  };
}

function restartTimes(
  model: ModelTimes | null,
  { restartMsPerKib }: KnownOfFlashes,
  isInPlace: boolean,
): Times['restart'] {
  if (restartMsPerKib !== null) return { msPerKib: exactly(restartMsPerKib), baseMs: exactly(0) };
  const swap = pick(null, model?.swapMsPerKib, usualSwap);
  const start = pick(null, model?.startMs, usualStart);
  return {
    msPerKib: isInPlace ? exactly(0) : swap,
    baseMs: plus(start, noticedAfterMs),
  };
}

function pick(learnt: number | null, model: number | null | undefined, usual: Range): Range {
  const told = learnt ?? model ?? null;
  return told === null ? usual : exactly(told);
}

function exactly(value: number): Range {
  return { least: value, likely: value, most: value };
}

function perhaps({ likely, most }: Range): Range {
  return { least: 0, likely: likely / 2, most };
}

function atMost({ least, likely, most }: Range, limit: number | null): Range {
  if (limit === null) return { least, likely, most };
  const [low, middle, high] = [least, likely, most].map((value) => Math.min(value, limit));
  return { least: low ?? least, likely: middle ?? likely, most: high ?? most };
}

function plus({ least, likely, most }: Range, more: number): Range {
  return { least: least + more, likely: likely + more, most: most + more };
}
