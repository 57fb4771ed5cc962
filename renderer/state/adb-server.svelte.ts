/** An adb server that has taken the terminal: who it is, and ending it once the technician agrees. */
import type { Result } from '../../native-bridge/contract/requests.ts';
import type { BridgeClient } from './bridge-client.ts';
import { Task } from './task.svelte.ts';

type Server = NonNullable<Result<'getAdbServer'>['server']>;

export class AdbServer {
  /** In the open dialogue; null: none is open. */
  asked = $state.raw<Server | null>(null);
  /** It was ended and runs again. */
  stays = $state(false);
  readonly task = new Task();
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  /** Opens the dialogue. True: none runs any more, and nothing has to be asked. */
  async ask(): Promise<boolean> {
    this.stays = false;
    const found = await this.task.run(() => this.#client.start('getAdbServer', {}));
    if (found === null) return false;
    this.asked = found.server;
    return found.server === null;
  }

  leave(): void {
    this.asked = null;
  }

  /** True: it is gone, and its terminals are free. */
  async end(): Promise<boolean> {
    if (this.asked === null) return false;
    this.asked = null;
    const ended = await this.task.run(() => this.#client.start('stopAdbServer', {}));
    this.stays = ended?.stopped === false;
    return ended?.stopped === true;
  }
}
