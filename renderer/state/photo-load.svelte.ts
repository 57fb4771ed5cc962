/** A photo of a case, as the page can show it; a file that is gone is told from a line that is. */
import type { BridgeClient } from './bridge-client.ts';
import { Task } from './task.svelte.ts';

export class PhotoLoad {
  url = $state<string | null>(null);
  /** The file is gone, or no longer what it was. */
  lost = $state(false);
  readonly task = new Task();
  #closed = false;
  readonly #client: BridgeClient;
  readonly #params: { readonly caseId: string; readonly evidenceId: string };

  constructor(client: BridgeClient, params: { caseId: string; evidenceId: string }) {
    this.#client = client;
    this.#params = params;
  }

  async load(): Promise<void> {
    if (this.url !== null || this.lost || this.task.running) return;
    const answer = await this.task.run(() => {
      const asked = this.#client.start('readPhoto', this.#params);
      return { ...asked, result: asked.result.then((photo) => ({ photo })) };
    });
    if (answer === null || this.#closed) return;
    const { photo } = answer;
    this.lost = photo === null;
    if (photo === null) return;
    this.url = URL.createObjectURL(
      new Blob([new Uint8Array(photo.bytes)], { type: photo.mediaType }),
    );
  }

  /** It is shown no more. */
  close(): void {
    this.#closed = true;
    if (this.url !== null) URL.revokeObjectURL(this.url);
  }
}
