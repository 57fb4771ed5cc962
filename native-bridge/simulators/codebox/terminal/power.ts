/**
 * Power, resets and what the boot loader makes of the flash at each of them. The boot loader runs
 * in an instant; the time its work takes is counted from the operations it did. Whoever takes the
 * power away, or looks, while that time is still running, finds the flash as it is at that moment:
 * the contents from before are kept until then, and the work is done again up to there.
 */
import { boot, type Boot, type BootOptions } from '../boot/boot-loader.ts';
import type { Flash } from '../boot/flash.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { attempt, redone, type BootWork } from './boot-work.ts';

export type PowerState = 'application' | 'recovery' | 'booting' | 'dead' | 'off';

/** What comes of a reset, and when. */
export interface Restart {
  readonly result: Boot;
  readonly atMs: number;
  /** The boot loader begins to print and to move images, and has done so. */
  readonly textMs: number;
  readonly movedMs: number;
}

export interface PowerTimes {
  readonly bootMs: number;
  readonly eraseMs: number;
  /** Of a whole swap, as slow as it is now. */
  readonly swapMs: number;
}

export interface PowerHost {
  readonly scheduler: Scheduler;
  readonly flash: Flash;
  bootOptions(): BootOptions;
  times(): PowerTimes;
  /** Operations after which the power goes in the boot that begins; null where it stays. */
  cutsInBoot(wholeOperations: () => number): number | null;
  /** Text for the console. */
  text(lines: readonly string[], atMs: number): void;
  /** What is being received or sent is lost. */
  down(): void;
  /** An image was chosen; says when it comes up, or that it never does. */
  chosen(restart: Restart): { readonly upMs: number; readonly dead: boolean };
  up(result: Boot, atMs: number): void;
}

/** Of the time of a boot, what goes by before the boot loader prints. */
const BOOT_TEXT_SHARE = 0.3;

export class Power {
  state: PowerState = 'booting';
  resets = 0;
  readonly #host: PowerHost;
  #generation = 0;
  #work: BootWork | null = null;
  /** How long the power stays away once it goes by itself; null: until it is switched on. */
  #restoreAfterMs: number | null = null;

  constructor(host: PowerHost) {
    this.#host = host;
  }

  get listens(): boolean {
    return this.state === 'application' || this.state === 'recovery';
  }

  bootOptions(): BootOptions {
    return this.#host.bootOptions();
  }

  /** Running since before we look. */
  start(): void {
    this.state = boot(this.#host.flash, this.#host.bootOptions()).runs;
  }

  /** The power went in the middle of a flash operation that the application had begun. */
  lost(atMs: number): void {
    this.#host.flash.nor.cutAfter(null);
    this.off(atMs, this.#restoreAfterMs);
  }

  /** The power goes after so many more flash operations, whoever does them; null: it stays. */
  cutAfter(operations: number | null, restoreAfterMs: number | null): void {
    this.#host.flash.nor.cutAfter(operations);
    this.#restoreAfterMs = restoreAfterMs;
  }

  off(atMs: number, restoreAfterMs: number | null = null): void {
    this.#stopAt(atMs);
    this.state = 'off';
    const generation = this.#generation;
    if (restoreAfterMs === null) return;
    this.#at(atMs + restoreAfterMs, generation, (thenMs) => this.on(thenMs));
  }

  on(atMs: number): void {
    if (this.state === 'off') this.#powerUp(atMs);
  }

  /** Nothing happens to one without power. */
  reset(atMs: number): void {
    if (this.state === 'off') return;
    this.#stopAt(atMs);
    this.#powerUp(atMs);
  }

  #powerUp(atMs: number): void {
    this.#generation += 1;
    this.state = 'booting';
    this.resets += 1;
    const said: string[] = [];
    const restart = this.#boot(atMs, said);
    const generation = this.#generation;
    const { textMs } = restart;
    this.#at(textMs, generation, () => this.#host.text(said, textMs));
    if (restart.result === null) {
      this.#at(restart.movedMs, generation, (thenMs) => this.off(thenMs, this.#restoreAfterMs));
      return;
    }
    this.#comeUp({ ...restart, result: restart.result }, generation);
  }

  /** The flash as it is at an instant, for who looks; not to be written to. */
  flashAt(atMs: number): Flash {
    const work = this.#work;
    if (work === null || atMs >= work.endMs) return this.#host.flash;
    return redone(work, atMs).flash;
  }

  #comeUp(restart: Restart, generation: number): void {
    const { result } = restart;
    const { upMs, dead } = this.#host.chosen(restart);
    this.#at(upMs, generation, () => {
      this.#work = null;
      this.state = dead ? 'dead' : result.runs;
      if (dead) return;
      this.#host.text(result.after, upMs);
      this.#host.up(result, upMs);
    });
  }

  /** Whatever was going on ends; a boot loader at work has done what it had time for. */
  #stopAt(atMs: number): void {
    const work = this.#work;
    if (work !== null && atMs < work.endMs) {
      const { flash } = this.#host;
      const { flash: then, operations } = redone(work, atMs);
      flash.restore(then);
      const left = work.cutBefore === null ? null : work.cutBefore - operations;
      flash.nor.cutAfter(left !== null && left > 0 ? left : null);
    }
    this.#work = null;
    this.#generation += 1;
    this.#host.down();
  }

  #boot(
    atMs: number,
    said: string[],
  ): { atMs: number; textMs: number; movedMs: number; result: Boot | null } {
    const { flash } = this.#host;
    const options = this.#host.bootOptions();
    const before = flash.clone();
    const whole = (): number => boot(before.clone(), options).wholeOperations;
    const ownCut = this.#host.cutsInBoot(whole);
    if (ownCut !== null) this.cutAfter(ownCut, OWN_CUT_MS);
    const cutBefore = flash.nor.operationsLeft;
    const { operations: began, erases: erased } = flash.nor;
    const result = attempt(flash, options, said);
    const operations = flash.nor.operations - began;
    const moving = result === null ? whole() : result.wholeOperations;
    const { bootMs, eraseMs, swapMs } = this.#host.times();
    const erasing = eraseMs * (flash.nor.erases - erased);
    const textMs = atMs + bootMs * BOOT_TEXT_SHARE;
    const movedMs = textMs + (moving === 0 ? erasing : swapMs * Math.min(1, operations / moving));
    this.#work = { before, options, operations, cutBefore, startMs: textMs, endMs: movedMs };
    return { atMs, textMs, movedMs, result };
  }

  #at(atMs: number, generation: number, run: (atMs: number) => void): void {
    this.#host.scheduler.at(atMs, (thenMs) => {
      if (generation === this.#generation) run(thenMs);
    });
  }
}

/** Where a fault takes the power away by itself, it is back after this. */
const OWN_CUT_MS = 1500;
