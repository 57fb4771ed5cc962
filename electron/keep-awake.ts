/** While a terminal is being changed: the computer does not sleep, and closing the window is asked about. */
import { dialog, powerMonitor, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { HostWords } from './words.ts';

export class KeepAwake {
  #blocker: number | null = null;
  /** One question at a time, however often closing is tried. */
  #asking = false;

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
      if (this.#asking) return;
      this.#asking = true;
      const { message, detail, stay, leave } = words();
      const options = { type: 'warning' as const, message, detail, buttons: [stay, leave] };
      void dialog
        .showMessageBox(window, { ...options, defaultId: 0, cancelId: 0 })
        .then(({ response }) => {
          if (response === 1) window.destroy();
        })
        .finally(() => (this.#asking = false));
    });
  }
}

/**
 * A blocker stops the sleep that comes by itself; a lid or a hand still sends the computer to it.
 * The bridge's deadlines allow for that; here it is noted, for whoever reads the log.
 */
export function noteSleep(note: (text: string) => void): void {
  powerMonitor.on('suspend', () => note('the computer goes to sleep'));
  powerMonitor.on('resume', () => note('the computer is awake again'));
}
