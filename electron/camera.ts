/**
 * Whether the page may look through the camera now: only from when the inspector of codes opens it
 * until it closes it, and never beyond the page that asked.
 */
import type { BrowserWindow } from 'electron';

export class Camera {
  readonly #ask: () => Promise<boolean>;
  #isOpen = false;
  #closings = 0;

  /** `ask`: whether the system lets this program; it may ask the person, who takes their time. */
  constructor(ask: () => Promise<boolean>) {
    this.#ask = ask;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** False where the system does not let this program, or where it was closed while it was asked. */
  async open(): Promise<boolean> {
    const before = this.#closings;
    const may = await this.#ask();
    if (this.#closings !== before) return false;
    this.#isOpen = may;
    return may;
  }

  close(): void {
    this.#closings += 1;
    this.#isOpen = false;
  }

  /** A page that is loaded anew has to ask anew. */
  closeWith(window: BrowserWindow): void {
    window.webContents.on('did-start-navigation', () => this.close());
    window.webContents.on('render-process-gone', () => this.close());
  }
}
