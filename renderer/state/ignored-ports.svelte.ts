/** The ports that are left alone; the bridge keeps them, for the shell as well. */
import type { IgnoredPort } from '../../native-bridge/contract/port-requests.ts';
import type { BridgeClient } from './bridge-client.ts';
import { Task } from './task.svelte.ts';

export class IgnoredPorts {
  list = $state.raw<readonly IgnoredPort[] | null>(null);
  readonly task = new Task();
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  async load(): Promise<void> {
    const known = await this.task.run(() => this.#client.start('listIgnoredPorts', {}));
    if (known !== null) this.list = known.ports;
  }

  async ignore(portUrl: string): Promise<void> {
    const known = await this.task.run(() => this.#client.start('ignorePort', { portUrl }));
    if (known !== null) this.list = known.ports;
  }

  async heed(key: string): Promise<void> {
    const known = await this.task.run(() => this.#client.start('heedPort', { key }));
    if (known !== null) this.list = known.ports;
  }
}
