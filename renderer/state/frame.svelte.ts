/** What lies over the window as a whole: the palette, the sheet of keys, the folded list of terminals. */
import { MediaQuery } from 'svelte/reactivity';

class Frame {
  /** As in the style sheets: the list of terminals is folded to its dots. */
  readonly #narrow = new MediaQuery('max-width: 899px');
  over = $state<'palette' | 'keys' | null>(null);
  /** The list of terminals where the window is too narrow to show it always. */
  listOpen = $state(false);

  get listFolded(): boolean {
    return this.#narrow.current && !this.listOpen;
  }

  toggle(what: 'palette' | 'keys'): void {
    this.over = this.over === what ? null : what;
  }
}

export const frame = new Frame();
