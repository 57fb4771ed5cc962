/** The exercise under way: how far it is, and what the one who practises does around the terminal. */
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { clock } from './clock.svelte.ts';
import type { BridgeClient } from './bridge-client.ts';
import type { Desk } from './desk.svelte.ts';
import { exerciseOf, type Exercise, type ExerciseId, type Step } from './exercises.ts';
import type { Preferences } from './preferences.svelte.ts';
import type { Records } from './records.svelte.ts';
import { Task } from './task.svelte.ts';
import type { Training } from './training.svelte.ts';

export class ExerciseRun {
  exercise = $state.raw<Exercise | null>(null);
  doneCount = $state(0);
  /** The wrong answer given last to the question that is due. */
  wrong = $state<string | null>(null);
  endedMs = $state<number | null>(null);
  readonly helping = new Task();
  #terminalId = $state<string | null>(null);
  #startedMs = $state(0);
  #cableWasPulled = $state(false);
  readonly #client: BridgeClient;
  readonly #training: Training;
  readonly #records: Records;
  readonly #preferences: Preferences;

  constructor(
    client: BridgeClient,
    training: Training,
    records: Records,
    preferences: Preferences,
  ) {
    this.#client = client;
    this.#training = training;
    this.#records = records;
    this.#preferences = preferences;
  }

  /** The step that is due; null: all are done, or none is under way. */
  get due(): Step | null {
    return this.exercise?.steps[this.doneCount] ?? null;
  }

  get lastedMs(): number {
    return (this.endedMs ?? clock.now()) - this.#startedMs;
  }

  /** The terminal it is done on; null while it is away. */
  get terminalId(): string | null {
    return this.#terminalId;
  }

  /** A fresh simulated terminal with what the exercise is about. */
  async start(id: ExerciseId): Promise<Terminal | null> {
    const exercise = exerciseOf(id);
    if (exercise === null || this.#training.starting.running) return null;
    this.exercise = null;
    const terminal = await this.#training.startFor(exercise);
    if (terminal === null) return null;
    this.#terminalId = terminal.id;
    this.doneCount = 0;
    this.wrong = null;
    this.endedMs = null;
    this.#startedMs = clock.now();
    this.#cableWasPulled = false;
    this.exercise = exercise;
    return terminal;
  }

  end(): void {
    this.exercise = null;
    this.#terminalId = null;
  }

  /** Marks what has happened; called whenever anything it looks at changes. */
  observe(desk: Desk): void {
    const { exercise, due } = this;
    if (exercise === null || due?.done === undefined || desk.terminal.id !== this.#terminalId) {
      return;
    }
    const observed = {
      desk,
      records: this.#records,
      cableWasPulled: this.#cableWasPulled,
      cablePlugged: this.#training.cablePlugged,
      faults: this.#training.faultsOn(exercise.model),
    };
    if (due.done(observed)) this.#advance();
  }

  answer(choice: string): void {
    const [right] = this.due?.choices ?? [];
    if (right === undefined) return;
    if (choice !== right) this.wrong = choice;
    else this.#advance();
  }

  /** What the due step asks for around the terminal. */
  async act(desk: Desk): Promise<void> {
    const { exercise, due } = this;
    if (exercise === null || this.helping.running) return;
    switch (due?.act) {
      case undefined:
        return;
      case 'take-image':
        await this.#takeImage(desk);
        return;
      case 'pull-cable':
        await this.#training.setCable(false);
        this.#cableWasPulled = !this.#training.cablePlugged;
        return;
      case 'plug-cable':
        await this.#training.setCable(true);
        return;
      case 'let-through':
        for (const fault of exercise.faults) await this.#training.switchOff(fault);
    }
  }

  async #takeImage(desk: Desk): Promise<void> {
    const { portUrl } = desk.terminal;
    const found = await this.helping.run(() =>
      this.#client.start('listTrainingImages', { portUrl }),
    );
    const image = found?.images[0];
    if (image !== undefined) await desk.flash.choose(image);
  }

  #advance(): void {
    this.doneCount += 1;
    this.wrong = null;
    const { exercise } = this;
    if (exercise === null || this.due !== null) return;
    this.endedMs = clock.now();
    this.#preferences.addExercise(exercise.id);
  }
}
