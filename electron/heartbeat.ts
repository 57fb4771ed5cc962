/**
 * Whether the bridge's process still answers: it may hang without ending (a driver that jams). Its own
 * work is seldom long in one piece, so silence is told, and what is done about it is the technician's.
 * Asked in a steady rhythm; a beat that comes late is the computer's sleep or main's own delay, and the
 * silence is counted anew from there.
 */
export const beatMs = 5_000;
const lateMs = 2 * beatMs;
/** Beats without an answer: 20 s; a minute for a process that starts, on a disk that is asleep. */
const patience = { well: 4, starting: 12 };

export interface HeartbeatOptions {
  readonly ask: () => void;
  /** Told on every change. */
  readonly onSilent: (silent: boolean) => void;
}

export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #timer: ReturnType<typeof setInterval> | null = null;
  #lastMs = 0;
  #waiting = false;
  #missed = 0;
  #answered = false;
  #silent = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  get silent(): boolean {
    return this.#silent;
  }

  /** Of a process that has just been started. */
  start(): void {
    this.stop();
    this.#answered = false;
    this.#lastMs = performance.now();
    this.#ask();
    this.#timer = setInterval(() => this.#beat(), beatMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#tell(false);
  }

  /** An answer. */
  heard(): void {
    this.#waiting = false;
    this.#answered = true;
    this.#tell(false);
  }

  #beat(): void {
    const nowMs = performance.now();
    const isLate = nowMs - this.#lastMs > lateMs;
    this.#lastMs = nowMs;
    if (!this.#waiting) {
      this.#ask();
      return;
    }
    this.#missed = isLate ? 0 : this.#missed + 1;
    const { well, starting } = patience;
    if (this.#missed >= (this.#answered ? well : starting)) this.#tell(true);
  }

  #ask(): void {
    this.#waiting = true;
    this.#missed = 0;
    this.#options.ask();
  }

  #tell(silent: boolean): void {
    if (silent === this.#silent) return;
    this.#silent = silent;
    this.#options.onSilent(silent);
  }
}
