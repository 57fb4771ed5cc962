/**
 * Since when the bridge has said nothing. A line alone is no answer: a bridge that dies while it starts
 * gives one each time.
 */
import { clock } from './clock.svelte.ts';

export class BridgeLine {
  /** null: it answers. */
  lostMs = $state<number | null>(clock.now());
  /** It answered before, or died before it did. */
  had = $state(false);
  /** It failed and came back since the window opened. */
  restarted = $state(false);

  /** Since when it is known to hang; null: it does not. */
  silentMs = $state<number | null>(null);

  /** As the host tells it. */
  silent(silent: boolean): void {
    if (silent) this.silentMs ??= clock.now();
    else this.silentMs = null;
  }

  lost(): void {
    this.had = true;
    this.lostMs ??= clock.now();
  }

  /** `again`: not the first bridge, and nobody had closed the one before. */
  answered(again: boolean): void {
    this.had = true;
    this.lostMs = null;
    this.restarted = again;
  }
}
