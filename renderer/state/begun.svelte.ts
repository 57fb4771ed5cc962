/** What is typed or drawn and kept nowhere yet: the host asks about it before it closes the window. */
import { untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { Begun } from '../host.d.ts';
import type { Desk } from './desk.svelte.ts';

export class Beginnings {
  readonly #inDialogues = new SvelteSet<Begun>();
  readonly #desks: () => readonly Pick<Desk, 'hasTyped'>[];

  constructor(desks: () => readonly Pick<Desk, 'hasTyped'>[]) {
    this.#desks = desks;
  }

  get kinds(): readonly Begun[] {
    const typed = this.#desks().some(({ hasTyped }) => hasTyped);
    return [...this.#inDialogues, ...(typed ? (['settings'] as const) : [])];
  }

  /** In a dialogue, which says whether something is; until the function it returns is called. */
  hold(kind: Begun, started: boolean): () => void {
    untrack(() => started && this.#inDialogues.add(kind));
    return () => this.#inDialogues.delete(kind);
  }

  /** Now and after every change. */
  tell(host: (kinds: readonly Begun[]) => void): void {
    $effect.root(() => {
      // By its words: a letter more is no other beginning.
      const said = $derived(this.kinds.join(' '));
      $effect(() => host(said === '' ? [] : (said.split(' ') as Begun[])));
    });
  }
}
