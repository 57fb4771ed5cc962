/**
 * One piece of work as a view shows it: since when it runs, how it failed, how to stop it. Every
 * waiting state in the window is one of these, so none can lack a beginning or a way out.
 */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import { clock } from './clock.svelte.ts';
import type { Running } from './bridge-client.ts';

export class Task {
  sinceMs = $state<number | null>(null);
  fault = $state.raw<Fault | null>(null);
  stopping = $state(false);
  #running: Running<unknown> | null = null;
  /** Tells the work under way from what was given up for it. */
  #turn = 0;
  #stale = false;
  #refreshing: Promise<void> | null = null;

  get running(): boolean {
    return this.sinceMs !== null;
  }

  /**
   * Resolves with null when the work failed (then `fault` is set), was stopped, or is under way.
   * `sinceMs`: when it began by the window's clock, where that was before this window followed it.
   */
  async run<R>(begin: () => Running<R>, sinceMs = clock.now()): Promise<R | null> {
    if (this.running) return null;
    const turn = ++this.#turn;
    this.fault = null;
    this.stopping = false;
    this.sinceMs = sinceMs;
    try {
      const running = begin();
      this.#running = running;
      const result = await running.result;
      return turn === this.#turn ? result : null;
    } catch (error) {
      if (turn !== this.#turn) return null;
      const fault = faultOf(error);
      this.fault = fault.code === 'cancelled' ? null : fault;
      return null;
    } finally {
      if (turn === this.#turn) this.#rest();
    }
  }

  /** As `run`; what is under way is given up, and its outcome counts no more. */
  async restart<R>(begin: () => Running<R>): Promise<R | null> {
    this.#running?.cancel();
    this.#turn += 1;
    this.#rest();
    return await this.run(begin);
  }

  /**
   * As `run`, for what reads: where it is under way it is done once more afterwards, since what it
   * has read by now may be from before the change that this was asked for. Ends with the last.
   */
  refresh<R>(begin: () => Running<R>, take: (result: R) => void): Promise<void> {
    this.#stale = true;
    this.#refreshing ??= this.#untilFresh(begin, take).finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #untilFresh<R>(begin: () => Running<R>, take: (result: R) => void): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      const result = await this.run(begin);
      if (result === null) return;
      take(result);
    }
  }

  #rest(): void {
    this.#running = null;
    this.sinceMs = null;
    this.stopping = false;
  }

  stop(): void {
    if (!this.running) return;
    this.stopping = true;
    this.#running?.cancel();
  }
}
