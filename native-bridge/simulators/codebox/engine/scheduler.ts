/**
 * Virtual time that follows the wall clock. Every event has the instant it belongs to, and runs at
 * or (timers being late by a millisecond or so) a little after it, always in order. Code in an
 * event counts from the event's own instant, not from when it happened to run, so lateness never
 * adds up and a paced line keeps its exact rate.
 */
export interface Scheduled {
  cancel(): void;
}

interface Entry {
  readonly atMs: number;
  readonly run: (atMs: number) => void;
  cancelled: boolean;
}

export class Scheduler {
  readonly #entries: Entry[] = [];
  #timer: NodeJS.Timeout | null = null;
  #running = false;
  #currentMs = 0;

  /** Milliseconds on a monotonic clock; inside an event the event's own instant. */
  nowMs(): number {
    return this.#running ? this.#currentMs : performance.now();
  }

  at(atMs: number, run: (atMs: number) => void): Scheduled {
    const entry: Entry = { atMs, run, cancelled: false };
    let index = this.#entries.length;
    while (index > 0 && (this.#entries[index - 1]?.atMs ?? 0) > atMs) index -= 1;
    this.#entries.splice(index, 0, entry);
    if (!this.#running && index === 0) this.#arm();
    return {
      cancel: () => {
        entry.cancelled = true;
      },
    };
  }

  stop(): void {
    this.#entries.length = 0;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #arm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const first = this.#entries[0];
    if (first === undefined) return;
    const waitMs = Math.max(0, first.atMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#runDue();
    }, waitMs);
  }

  #runDue(): void {
    this.#running = true;
    try {
      for (;;) {
        const first = this.#entries[0];
        if (first === undefined || first.atMs > performance.now()) break;
        this.#entries.shift();
        if (first.cancelled) continue;
        this.#currentMs = first.atMs;
        first.run(first.atMs);
      }
    } finally {
      this.#running = false;
      this.#arm();
    }
  }
}
