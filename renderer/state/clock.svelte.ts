/**
 * The time as the window counts it: for every age and every wait, one tick a second. It goes on evenly
 * whatever becomes of the computer's clock, which may be set while the window is open, and it counts
 * the computer's sleep, which the page's own timer leaves out on some systems. It starts as the
 * computer's clock stands, and is no time of day.
 */
const tickMs = 1000;
/** A smaller gap between the two clocks is load. */
const gapMs = 2000;
/** Moments that are remembered; what is shown at once is a few hundred. */
const mostMoments = 5000;

interface Mark {
  readonly uptimeMs: number;
  readonly timerMs: number;
}

/** `since`: how the computer stood at the start. Milliseconds that the page's timer did not count. */
export function sleptMs(since: Mark, now: Mark): number {
  const leftOutMs = now.uptimeMs - since.uptimeMs - (now.timerMs - since.timerMs);
  return leftOutMs > gapMs ? leftOutMs : 0;
}

export class Clock {
  nowMs = $state(0);
  /** How far the computer's clock is from this one by now. */
  #setByMs = $state(0);
  #sleptMs = 0;
  #aheadMs = Date.now() - performance.now();
  #start: Mark | null = null;
  #uptime: (() => Promise<number>) | null = null;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is shown from it
  readonly #moments = new Map<string, number>();

  constructor() {
    this.nowMs = this.now();
  }

  /** `uptime`: milliseconds since the computer started, its sleep with them. */
  start(uptime: () => Promise<number>): void {
    this.#uptime = uptime;
    this.#look();
    setInterval(() => this.tick(), tickMs);
  }

  /** As `nowMs`, to the moment. */
  now(): number {
    return performance.timeOrigin + performance.now() + this.#sleptMs;
  }

  /** When that was or will be, by this clock: fixed when it is met first, which should be soon. */
  at(utc: string): number {
    const known = this.#moments.get(utc);
    if (known !== undefined) return known;
    const momentMs = this.now() - (Date.now() - Date.parse(utc));
    const [oldest] = this.#moments.keys();
    if (this.#moments.size >= mostMoments && oldest !== undefined) this.#moments.delete(oldest);
    this.#moments.set(utc, momentMs);
    return momentMs;
  }

  /** A moment by this clock as the computer's clock tells it now: with what that was set by since. */
  timeOfDay(momentMs: number): number {
    return Math.round(momentMs + this.#setByMs);
  }

  tick(): void {
    const aheadMs = Date.now() - performance.now();
    const isApart = Math.abs(aheadMs - this.#aheadMs) > gapMs;
    this.#aheadMs = aheadMs;
    // The computer slept, or its clock was set: it knows how long it has been running.
    if (isApart) this.#look();
    else this.#compare();
    this.nowMs = this.now();
  }

  /** Only in steps: a curve must not tremble with the clocks' noise. */
  #compare(): void {
    const byMs = Math.round(Date.now() - this.now());
    if (Math.abs(byMs - this.#setByMs) > gapMs) this.#setByMs = byMs;
  }

  #look(): void {
    this.#uptime?.()
      .then((uptimeMs) => {
        const now = { uptimeMs, timerMs: performance.now() };
        this.#start ??= now;
        this.#sleptMs = Math.max(this.#sleptMs, sleptMs(this.#start, now));
        this.#compare();
        this.nowMs = this.now();
      })
      .catch((error: unknown) => console.error(error));
  }
}

export const clock = new Clock();
