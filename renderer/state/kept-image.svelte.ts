/**
 * A flash of this terminal that did not come through, and the copy of its image that the bridge
 * keeps: going on needs no file, whatever became of the one it came from.
 */
import type { FlashResult } from '../../native-bridge/contract/firmware.ts';
import type { ChosenFile } from '../host.d.ts';
import type { BridgeClient } from './bridge-client.ts';
import { nextAct } from './flash-next.ts';
import { Task } from './task.svelte.ts';

/** An image to flash: a file that was chosen, or the copy that was kept. */
export interface ImageFile extends Pick<ChosenFile, 'fileId' | 'name'> {
  /** `name` is then the image's version. */
  readonly kept?: true;
}

/** Its next step is: flash the same image again. */
export function goesOn(flash: FlashResult | null): boolean {
  return flash !== null && nextAct(flash, { connected: true, checking: false }) === 'go-on';
}

export class KeptImage {
  /** A flash of an earlier visit that can go on with its copy; null: none, or not looked for yet. */
  flash = $state.raw<FlashResult | null>(null);
  readonly looking = new Task();
  readonly #client: BridgeClient;
  readonly #terminalId: string;

  constructor(client: BridgeClient, terminalId: string) {
    this.#client = client;
    this.#terminalId = terminalId;
  }

  /** Whether there is something to go on with. Asks the records, not the terminal. */
  async look(): Promise<void> {
    const found = await this.#ask();
    if (found !== null)
      this.flash = found.fileId !== null && goesOn(found.flash) ? found.flash : null;
  }

  /** The copy of the image of this flash; null: it is not kept any more. */
  async copyOf({ fileSha256, toVersion }: FlashResult): Promise<ImageFile | null> {
    const found = await this.#ask();
    if (found?.fileId == null || found.flash?.fileSha256 !== fileSha256) return null;
    return { fileId: found.fileId, name: toVersion, kept: true };
  }

  async #ask() {
    const asked = { terminalId: this.#terminalId };
    return await this.looking.restart(() => this.#client.start('resumeFlash', asked));
  }
}
