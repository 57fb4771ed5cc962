/** Keys that this bench trusts besides those of the profiles; one that was removed can come back. */
import type { TrustedKey } from '../../native-bridge/contract/trusted-keys.ts';
import type { BridgeClient } from './bridge-client.ts';
import { FileChoice } from './files.svelte.ts';
import { Task } from './task.svelte.ts';

export class TrustedKeys {
  list = $state.raw<readonly TrustedKey[] | null>(null);
  /** The last one that was removed here, until something else is done. */
  removed = $state.raw<TrustedKey | null>(null);
  readonly task = new Task();
  readonly file = new FileChoice();
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  async load(): Promise<void> {
    await this.#take(() => this.#client.start('listTrustedKeys', {}));
  }

  async add(): Promise<void> {
    const chosen = await this.file.choose('key');
    if (chosen === null) return;
    const { fileId } = chosen;
    if (await this.#take(() => this.#client.start('trustKey', { fileId }))) this.removed = null;
  }

  async remove(key: TrustedKey): Promise<void> {
    const { fingerprint } = key;
    if (await this.#take(() => this.#client.start('distrustKey', { fingerprint }))) {
      this.removed = key;
    }
  }

  async undo(): Promise<void> {
    if (this.removed === null) return;
    const { name, text } = this.removed;
    if (await this.#take(() => this.#client.start('trustKey', { key: { name, text } }))) {
      this.removed = null;
    }
  }

  /** Whether it went through. */
  async #take(begin: Parameters<typeof this.task.run<{ keys: TrustedKey[] }>>[0]) {
    const known = await this.task.run(begin);
    if (known !== null) this.list = known.keys;
    return known !== null;
  }
}
