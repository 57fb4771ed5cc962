/**
 * One piece of work as a view shows it: since when it runs, how it failed, how to stop it. Every
 * waiting state in the window is one of these, so none can lack a beginning or a way out.
 */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { Running } from './bridge-client.ts';

export class Task {
  sinceMs = $state<number | null>(null);
  fault = $state.raw<Fault | null>(null);
  stopping = $state(false);
  #running: Running<unknown> | null = null;

  get running(): boolean {
    return this.sinceMs !== null;
  }

  /**
   * Resolves with null when the work failed (then `fault` is set), was stopped, or is under way.
   * `sinceMs`: when it began, where that was before this window followed it.
   */
  async run<R>(begin: () => Running<R>, sinceMs = Date.now()): Promise<R | null> {
    if (this.running) return null;
    this.fault = null;
    this.stopping = false;
    this.sinceMs = sinceMs;
    try {
      const running = begin();
      this.#running = running;
      return await running.result;
    } catch (error) {
      const fault = faultOf(error);
      this.fault = fault.code === 'cancelled' ? null : fault;
      return null;
    } finally {
      this.#running = null;
      this.sinceMs = null;
      this.stopping = false;
    }
  }

  stop(): void {
    if (!this.running) return;
    this.stopping = true;
    this.#running?.cancel();
  }
}
