/** Simulated terminals to practise on: start one with the faults it shall have, and switch those. */
import type { Result } from '../../native-bridge/contract/requests.ts';
import { SvelteSet } from 'svelte/reactivity';
import type { BridgeClient } from './bridge-client.ts';
import { Task } from './task.svelte.ts';
import type { Terminals } from './terminals.svelte.ts';

export type TrainingFault = Result<'listTrainingFaults'>['faults'][number];

export class Training {
  faults = $state.raw<readonly TrainingFault[]>([]);
  /** The simulated terminal that was started last. */
  current = $state.raw<Result<'startTraining'> | null>(null);
  readonly on = new SvelteSet<string>();
  readonly starting = new Task();
  readonly listing = new Task();
  readonly switching = new Task();
  readonly #client: BridgeClient;
  readonly #terminals: Terminals;

  constructor(client: BridgeClient, terminals: Terminals) {
    this.#client = client;
    this.#terminals = terminals;
  }

  async list(): Promise<void> {
    const list = await this.listing.run(() => this.#client.start('listTrainingFaults', {}));
    if (list !== null) this.faults = list.faults;
  }

  /** Starts a terminal with the chosen faults and connects to it. */
  async start(): Promise<boolean> {
    const faults = [...this.on];
    const started = await this.starting.run(() => this.#client.start('startTraining', { faults }));
    if (started === null) return false;
    this.current = started;
    return (await this.#terminals.connect(started.portUrl)) !== null;
  }

  /** Chooses a fault for the next start, or switches it on the terminal that runs. */
  async toggle(name: string): Promise<void> {
    const on = !this.on.has(name);
    const training = this.current;
    if (training === null) {
      this.#set(name, on);
      return;
    }
    const done = await this.switching.run(() =>
      this.#client.start('setTrainingFault', {
        trainingId: training.trainingId,
        fault: name,
        on,
      }),
    );
    if (done === null) return;
    this.on.clear();
    for (const fault of done.faults) this.on.add(fault);
  }

  /** The bridge went, and its simulated terminals with it. */
  ended(): void {
    this.current = null;
  }

  #set(name: string, on: boolean): void {
    if (on) this.on.add(name);
    else this.on.delete(name);
  }
}
