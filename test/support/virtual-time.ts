/**
 * Time that passes only when nothing else can happen: a flash of minutes runs in milliseconds, in
 * the same order every time. It stands in for the global timers, clocks and AbortSignal.timeout;
 * all else (promises, files, SQLite) is real. Files that are being read or written are waited for
 * before time goes on.
 */
import os from 'node:os';

interface Timer {
  readonly id: number;
  atMs: number;
  readonly everyMs: number | null;
  readonly run: () => void;
}

const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  Date: globalThis.Date,
  now: performance.now.bind(performance),
  uptime: os.uptime,
  timeout: AbortSignal.timeout.bind(AbortSignal),
};

/** What Node's own timers offer and callers use. */
class Handle {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
  unref(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
}

const leastWaitMs = 1e-6;

export class VirtualTime {
  #nowMs = 0;
  #nextId = 1;
  #startUtcMs = real.Date.UTC(2026, 2, 11, 1, 14, 2);
  readonly #timers = new Map<number, Timer>();

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Takes the place of the globals; returns how to give them back. */
  install(): () => void {
    const set = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      new Handle(this.#add(ms, null, () => run(...args)));
    const every = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      new Handle(this.#add(ms, Math.max(1, ms), () => run(...args)));
    const clear = (handle: unknown) => {
      if (handle instanceof Handle) this.#timers.delete(handle.id);
    };
    const utcNow = () => this.#startUtcMs + this.#nowMs;
    class VirtualDate extends real.Date {
      constructor(...args: readonly unknown[]) {
        super(...((args.length === 0 ? [utcNow()] : args) as [number]));
      }
      static override now(): number {
        return utcNow();
      }
    }
    Object.assign(globalThis, {
      setTimeout: set,
      clearTimeout: clear,
      setInterval: every,
      clearInterval: clear,
      Date: VirtualDate,
    });
    performance.now = () => this.#nowMs;
    os.uptime = () => this.#nowMs / 1000;
    AbortSignal.timeout = (ms) => {
      const controller = new AbortController();
      this.#add(ms, null, () => controller.abort(new DOMException('timeout', 'TimeoutError')));
      return controller.signal;
    };
    return () => {
      Object.assign(globalThis, {
        setTimeout: real.setTimeout,
        clearTimeout: real.clearTimeout,
        setInterval: real.setInterval,
        clearInterval: real.clearInterval,
        Date: real.Date,
      });
      performance.now = real.now;
      os.uptime = real.uptime;
      AbortSignal.timeout = real.timeout;
      this.#timers.clear();
    };
  }

  /** Lets time pass until the work is done. Throws where it would take longer than `limitMs`. */
  async run<T>(work: Promise<T>, limitMs = 24 * 3_600_000): Promise<T> {
    const untilMs = this.#nowMs + limitMs;
    const state = { settled: false };
    const settle = () => {
      state.settled = true;
    };
    work.then(settle, settle);
    for (;;) {
      await idle();
      if (state.settled) return await work;
      const next = this.#next();
      if (!next || next.atMs > untilMs) throw new Error(`stuck at ${Math.round(this.#nowMs)} ms`);
      this.#fire(next);
    }
  }

  /** Lets this much time pass. */
  async pass(ms: number): Promise<void> {
    await this.run(new Promise<void>((resolve) => this.#add(ms, null, resolve)));
  }

  /** The computer sleeps: no timer runs meanwhile, and all that are due run at once afterwards. */
  sleep(ms: number): void {
    this.#nowMs += ms;
  }

  /** Somebody or the network sets the computer's clock, forward or back. */
  setClock(byMs: number): void {
    this.#startUtcMs += byMs;
  }

  #add(ms: number, everyMs: number | null, run: () => void): number {
    const id = this.#nextId++;
    // A wait too short for the clock's precision would never end.
    const waitMs = ms > 0 ? Math.max(ms, leastWaitMs) : 0;
    this.#timers.set(id, { id, atMs: this.#nowMs + waitMs, everyMs, run });
    return id;
  }

  #next(): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers.values()) {
      if (!first || timer.atMs < first.atMs) first = timer;
    }
    return first;
  }

  #fire(timer: Timer): void {
    this.#nowMs = Math.max(this.#nowMs, timer.atMs);
    if (timer.everyMs === null) this.#timers.delete(timer.id);
    else timer.atMs = this.#nowMs + timer.everyMs;
    timer.run();
  }
}

/** Until promises and files have nothing more to do. */
async function idle(): Promise<void> {
  do {
    await new Promise((resolve) => real.setImmediate(resolve));
  } while (process.getActiveResourcesInfo().some((name) => name.includes('Req')));
}
