/** Simulated terminals to practise on: start one with the faults it shall have, and switch those. */
import type { Result } from '../../native-bridge/contract/requests.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import type { TrainingModel } from '../../native-bridge/contract/training.ts';
import { SvelteSet } from 'svelte/reactivity';
import type { BridgeClient } from './bridge-client.ts';
import { Task } from './task.svelte.ts';
import type { Terminals } from './terminals.svelte.ts';

export type TrainingFault = Result<'listTrainingFaults'>['faults'][number];

type Started = Pick<Result<'startTraining'>, 'trainingId' | 'portUrl'>;

/** What a simulated terminal is started as. */
export interface TrainingStart {
  readonly model: TrainingModel;
  readonly faults: readonly string[];
  readonly updateDue?: boolean;
}

export class Training {
  faults = $state.raw<readonly TrainingFault[]>([]);
  /** Which terminal this is about: its faults are offered, it is the next to be started. */
  model = $state<TrainingModel>('codebox');
  readonly starting = new Task();
  readonly listing = new Task();
  readonly switching = new Task();
  /** Of the simulated terminal that was started last. */
  cablePlugged = $state(true);
  readonly #on: Readonly<Record<TrainingModel, SvelteSet<string>>> = {
    codebox: new SvelteSet(),
    counter: new SvelteSet(),
    'at-700': new SvelteSet(),
    'at-900': new SvelteSet(),
  };
  #started = $state.raw<Readonly<Partial<Record<TrainingModel, Started>>>>({});
  readonly #client: BridgeClient;
  readonly #terminals: Terminals;

  constructor(client: BridgeClient, terminals: Terminals) {
    this.#client = client;
    this.#terminals = terminals;
  }

  /** Faults that the chosen terminal can have. */
  get offered(): readonly TrainingFault[] {
    return this.faults.filter(({ models }) => models.includes(this.model));
  }

  /** Those that are on, or will be at the next start. */
  get on(): SvelteSet<string> {
    return this.#on[this.model];
  }

  /** The simulated terminal of the chosen model that was started last. */
  get current(): Started | null {
    return this.#started[this.model] ?? null;
  }

  async list(): Promise<void> {
    const list = await this.listing.run(() => this.#client.start('listTrainingFaults', {}));
    if (list !== null) this.faults = list.faults;
  }

  /** Starts a terminal with the chosen faults and connects to it. */
  async start(): Promise<Terminal | null> {
    const { model } = this;
    return await this.startFor({ model, faults: [...this.on] });
  }

  /** Starts this one and connects to it; one of its model that runs already makes way. */
  async startFor({ model, faults, updateDue = true }: TrainingStart): Promise<Terminal | null> {
    const running = this.#started[model];
    if (running !== undefined) {
      const { trainingId } = running;
      await this.starting.run(() => this.#client.start('stopTraining', { trainingId }));
    }
    const asked = { model, faults: [...faults], updateDue };
    const started = await this.starting.run(() => this.#client.start('startTraining', asked));
    if (started === null) return null;
    this.model = model;
    this.cablePlugged = true;
    this.#keepOn(model, faults);
    this.#started = { ...this.#started, [model]: started };
    return await this.#terminals.connect(started.portUrl);
  }

  /** What runs of an earlier page: of each model the newest. Rejects where it can't be asked. */
  async resume(): Promise<void> {
    const { trainings } = await this.#client.call('listTrainings', {});
    for (const { model, trainingId, portUrl, faults } of trainings.toReversed()) {
      // What this page has started meanwhile is newer.
      if (this.#started[model] !== undefined) continue;
      this.#keepOn(model, faults);
      this.#started = { ...this.#started, [model]: { trainingId, portUrl } };
    }
    const last = trainings.at(-1);
    if (last !== undefined) this.cablePlugged = last.plugged;
  }

  /** The simulated terminal at this address; null: there is none of ours. */
  modelAt(portUrl: string): TrainingModel | null {
    const found = Object.entries(this.#started).find(([, at]) => at.portUrl === portUrl);
    return (found?.[0] as TrainingModel | undefined) ?? null;
  }

  faultsOn(model: TrainingModel): ReadonlySet<string> {
    return this.#on[model];
  }

  async switchOff(name: string): Promise<void> {
    if (this.on.has(name)) await this.toggle(name);
  }

  /** Pulls or plugs the cable of the chosen model's simulated terminal. */
  async setCable(plugged: boolean): Promise<void> {
    const { current } = this;
    if (current === null) return;
    const { trainingId } = current;
    const done = await this.switching.run(() =>
      this.#client.start('setTrainingCable', { trainingId, plugged }),
    );
    if (done !== null) this.cablePlugged = plugged;
  }

  /** Chooses a fault for the next start, or switches it on the terminal that runs. */
  async toggle(name: string): Promise<void> {
    const chosen = this.on;
    const on = !chosen.has(name);
    const training = this.current;
    if (training === null) {
      if (on) chosen.add(name);
      else chosen.delete(name);
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
    this.#keepOn(this.model, done.faults);
  }

  /** The bridge went, and its simulated terminals with it. */
  ended(): void {
    this.#started = {};
  }

  #keepOn(model: TrainingModel, faults: readonly string[]): void {
    const on = this.#on[model];
    on.clear();
    for (const fault of faults) on.add(fault);
  }
}
