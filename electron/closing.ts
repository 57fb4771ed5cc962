/**
 * Closing the window ends the work that runs in the bridge, and what is typed or drawn in the page is
 * lost: what that is and what becomes of it is asked about.
 */
import { dialog, type BrowserWindow } from 'electron';
import type { RunningWork } from '../native-bridge/bridge.ts';
import type { Begun } from './channels.ts';
import type { ClosingWords } from './words.ts';

export interface Ending {
  readonly work: readonly RunningWork[];
  readonly begun: readonly Begun[];
}

export class Closing {
  #work: readonly RunningWork[] = [];
  #begun: readonly Begun[] = [];
  /** One question at a time, however often closing is tried. */
  #asking = false;
  #holds = 0;

  get work(): readonly RunningWork[] {
    return this.#work;
  }

  set(work: readonly RunningWork[]): void {
    this.#work = work;
  }

  setBegun(begun: readonly Begun[]): void {
    this.#begun = begun;
  }

  /** Until what it returns is called the window stays open: what goes on must not be cut in half. */
  hold(): () => void {
    this.#holds += 1;
    let holds = true;
    return () => {
      if (holds) this.#holds -= 1;
      holds = false;
    };
  }

  guard(window: BrowserWindow, words: (ending: Ending) => ClosingWords): void {
    window.on('close', (event) => {
      const isIdle = this.#work.length === 0 && this.#begun.length === 0;
      if (this.#holds === 0 && isIdle) return;
      event.preventDefault();
      if (this.#asking || this.#holds > 0) return;
      this.#asking = true;
      const { message, detail, stay, leave } = words({ work: this.#work, begun: this.#begun });
      const options = { type: 'warning' as const, message, detail, buttons: [stay, leave] };
      void dialog
        .showMessageBox(window, { ...options, defaultId: 0, cancelId: 0 })
        .then(({ response }) => {
          if (response === 1 && this.#holds === 0) window.destroy();
        })
        .finally(() => (this.#asking = false));
    });
  }
}
