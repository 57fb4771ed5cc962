/**
 * A management system of somebody else's: it holds the payment settings as they were when it took
 * the terminal over, and a few seconds after anybody has written others it brings its own back.
 */
import type { Scheduler } from '../engine/scheduler.ts';
import type { Settings } from './settings.ts';

export const MANAGER = 'tms.otherpay.test';
/** Until the terminal asks it next. */
const PUSH_MS = 6000;
const MANAGED = /^(pay|qr)\//;

export class Management {
  readonly #scheduler: Scheduler;
  readonly #settings: Settings;
  readonly #pushed: (count: number, atMs: number) => void;
  #held: Map<string, string> | null = null;
  #due = false;

  constructor(
    scheduler: Scheduler,
    settings: Settings,
    pushed: (count: number, atMs: number) => void,
  ) {
    this.#scheduler = scheduler;
    this.#settings = settings;
    this.#pushed = pushed;
  }

  get manager(): string | null {
    return this.#held === null ? null : MANAGER;
  }

  /** Takes the settings as they are now for right. */
  takeOver(): void {
    const keys = this.#settings.keys.filter((key) => MANAGED.test(key));
    this.#held = new Map(keys.map((key) => [key, this.#settings.value(key)]));
  }

  letGo(): void {
    this.#held = null;
  }

  /** Somebody has written a setting. */
  written(): void {
    if (this.#held === null || this.#due) return;
    this.#due = true;
    this.#scheduler.at(this.#scheduler.nowMs() + PUSH_MS, (atMs) => {
      this.#due = false;
      this.#push(atMs);
    });
  }

  #push(atMs: number): void {
    const differing = [...(this.#held ?? [])].filter(
      ([key, value]) => this.#settings.value(key) !== value,
    );
    for (const [key, value] of differing) this.#settings.force(key, value);
    if (differing.length > 0) this.#pushed(differing.length, atMs);
  }
}
