/** The boot loader's work on the flash, all of it or as far as it was when the power went. */
import { boot, type Boot, type BootOptions } from '../boot/boot-loader.ts';
import type { Flash } from '../boot/flash.ts';
import { PowerLost } from '../boot/nor-flash.ts';

/** A boot loader's run: what it started from, and the time that its work takes. */
export interface BootWork {
  readonly before: Flash;
  readonly options: BootOptions;
  readonly operations: number;
  readonly cutBefore: number | null;
  readonly startMs: number;
  readonly endMs: number;
}

/** Null where the power went on the way. */
export function attempt(flash: Flash, options: BootOptions, said: string[]): Boot | null {
  try {
    return boot(flash, options, said);
  } catch (error) {
    if (!(error instanceof PowerLost)) throw error;
    flash.nor.cutAfter(null);
    return null;
  }
}

/** The flash as the boot loader had it at an instant within that time, and how far it was. */
export function redone(
  work: BootWork,
  atMs: number,
): { readonly flash: Flash; readonly operations: number } {
  const share = Math.max(0, (atMs - work.startMs) / (work.endMs - work.startMs));
  const operations = Math.floor(work.operations * share);
  const flash = work.before.clone();
  if (operations < work.operations) flash.nor.cutAfter(operations);
  attempt(flash, work.options, []);
  flash.nor.cutAfter(null);
  return { flash, operations };
}
