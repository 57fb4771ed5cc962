/** What a terminal is doing, since when, and what a line that vanishes cuts off. */
import type { Sentence } from '../contract/common.ts';
import type { Activity } from '../contract/terminal.ts';

export class ShownActivity {
  #now: Activity = { kind: 'idle', detail: null, sinceUtc: nowUtc(), fraction: null };

  get now(): Activity {
    return this.#now;
  }

  /** The same thing further on goes on since it began. */
  set(kind: Activity['kind'], detail: Sentence | null, fraction: number | null): void {
    const isSame = this.#now.kind === kind && this.#now.detail?.key === detail?.key;
    this.#now = { kind, detail, fraction, sinceUtc: isSame ? this.#now.sinceUtc : nowUtc() };
  }

  get cutOff(): Sentence {
    const { kind, detail } = this.#now;
    const isApp = detail?.key.startsWith('activity_app_') === true;
    const isWork = ['reading', 'diagnosing', 'applying'].includes(kind);
    return { key: `interrupted_${isApp ? 'app' : isWork ? kind : 'idle'}`, facts: {} };
  }
}

function nowUtc(): string {
  return new Date().toISOString();
}
