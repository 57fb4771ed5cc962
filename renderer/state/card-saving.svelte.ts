/** An operating card written to a file as one page: where it went, or why not. */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { BridgeClient } from './bridge-client.ts';
import { Task } from './task.svelte.ts';

export class CardSaving {
  readonly task = new Task();
  savedAs = $state<string | null>(null);
  #notWritten = $state.raw<Fault | null>(null);
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  get fault(): Fault | null {
    return this.task.fault ?? this.#notWritten;
  }

  async save(card: string): Promise<void> {
    this.savedAs = null;
    this.#notWritten = null;
    const page = await this.task.run(() => this.#client.start('makeCard', { card }));
    if (page === null) return;
    try {
      const answer = await window.posBench.saveText(page);
      if ('fault' in answer) this.#notWritten = answer.fault;
      else if (answer.saved) this.savedAs = page.suggestedName;
    } catch (error) {
      this.#notWritten = faultOf(error);
    }
  }
}
