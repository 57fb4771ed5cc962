/** While a terminal is being changed the computer does not sleep. */
import { powerMonitor, powerSaveBlocker } from 'electron';

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
}

/**
 * A blocker stops the sleep that comes by itself; a lid or a hand still sends the computer to it.
 * The bridge's deadlines allow for that; here it is noted, for whoever reads the log.
 */
export function noteSleep(note: (text: string) => void): void {
  powerMonitor.on('suspend', () => note('the computer goes to sleep'));
  powerMonitor.on('resume', () => note('the computer is awake again'));
}
