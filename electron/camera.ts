/**
 * Whether the page may look through the camera now: only from when the inspector of codes opens it
 * until it closes it, and never beyond the page that asked.
 */
import { systemPreferences, type BrowserWindow } from 'electron';

export class Camera {
  #isOpen = false;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** False where the system does not let this program. */
  async open(): Promise<boolean> {
    this.#isOpen = process.platform !== 'darwin' || (await mayOnMac());
    return this.#isOpen;
  }

  close(): void {
    this.#isOpen = false;
  }

  /** A page that is loaded anew has to ask anew. */
  closeWith(window: BrowserWindow): void {
    window.webContents.on('did-start-navigation', () => this.close());
    window.webContents.on('render-process-gone', () => this.close());
  }
}

/** macOS asks the person once; afterwards it remembers. */
async function mayOnMac(): Promise<boolean> {
  return await systemPreferences.askForMediaAccess('camera');
}
