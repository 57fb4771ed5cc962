/** While a terminal is being changed: the computer does not sleep, and closing the window is asked about. */
import { dialog, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { HostWords } from './words.ts';

export class KeepAwake {
  #blocker: number | null = null;

  set(busy: boolean): void {
    if (busy === (this.#blocker !== null)) return;
    if (this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    else {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }

  guard(window: BrowserWindow, words: () => HostWords['busy']): void {
    window.on('close', (event) => {
      if (this.#blocker === null) return;
      event.preventDefault();
      const { message, detail, stay, leave } = words();
      const options = { type: 'warning' as const, message, detail, buttons: [stay, leave] };
      void dialog
        .showMessageBox(window, { ...options, defaultId: 0, cancelId: 0 })
        .then((answer) => {
          if (answer.response === 1) window.destroy();
        });
    });
  }
}
