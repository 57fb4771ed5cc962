/**
 * Who may use a line now. One user at a time; among those who wait, flash goes before apply,
 * before read, before poll. While a flash has the line nobody waits for it: they are told.
 */
import { BridgeFault } from '../contract/bridge-fault.ts';

const priorities = { flash: 0, apply: 1, read: 2, poll: 3 } as const;
export type LineUse = keyof typeof priorities;

interface Waiter {
  readonly use: LineUse;
  readonly grant: () => void;
}

/** The right to the line; release it exactly once (a second release does nothing). */
export interface LineHold {
  readonly use: LineUse;
  release(): void;
}

export class LineArbiter {
  #holder: LineUse | null = null;
  #waiting: Waiter[] = [];

  get holder(): LineUse | null {
    return this.#holder;
  }

  /** Somebody waits: who only polls lets go. */
  get wanted(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * Waits for the line. Throws `terminal-busy {doing}` at once while a flash has it and after
   * `timeoutMs` otherwise; `cancelled` when the signal fires.
   */
  async acquire(use: LineUse, timeoutMs: number, signal?: AbortSignal): Promise<LineHold> {
    if (signal?.aborted) throw new BridgeFault('cancelled');
    if (this.#holder === 'flash') throw new BridgeFault('terminal-busy', { doing: 'flash' });
    if (this.#holder !== null) await this.#wait(use, timeoutMs, signal);
    this.#holder = use;
    return this.#hold(use);
  }

  #hold(use: LineUse): LineHold {
    let held = true;
    return {
      use,
      release: () => {
        if (!held) return;
        held = false;
        this.#holder = null;
        this.#waiting.shift()?.grant();
      },
    };
  }

  #wait(use: LineUse, timeoutMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (then: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        then();
      };
      const waiter: Waiter = {
        use,
        // The line is taken before the waiter runs, so nobody slips in between.
        grant: () =>
          end(() => {
            this.#holder = use;
            resolve();
          }),
      };
      const onAbort = () => end(() => reject(new BridgeFault('cancelled')));
      const timer = setTimeout(() => {
        end(() => reject(new BridgeFault('terminal-busy', { doing: this.#holder ?? 'read' })));
      }, timeoutMs);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiter);
      this.#waiting.sort((a, b) => priorities[a.use] - priorities[b.use]);
    });
  }
}
