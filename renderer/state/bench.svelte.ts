/**
 * The window's state as a whole: the line to the bridge and what hangs on it. When the line comes
 * back, watching begins again, running jobs are followed again, and what was cut off is listed.
 */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { Identity, Terminal } from '../../native-bridge/contract/terminal.ts';
import { AdbServer } from './adb-server.svelte.ts';
import { isAsking } from './asking.ts';
import { BridgeClient, isLineFault } from './bridge-client.ts';
import { Beginnings } from './begun.svelte.ts';
import { BridgeLine } from './bridge-line.svelte.ts';
import { CaseList } from './case-list.svelte.ts';
import { stillCut, type CutTerminal } from './cut-terminals.ts';
import { CutWork } from './cut-work.svelte.ts';
import { ExerciseRun } from './exercise-run.svelte.ts';
import type { ExerciseId } from './exercises.ts';
import { IgnoredPorts } from './ignored-ports.svelte.ts';
import { ModelChoice } from './model-choice.svelte.ts';
import type { Offered } from './offered.ts';
import { PastCase } from './past-case.svelte.ts';
import { preferences } from './preferences.svelte.ts';
import { QrInspector } from './qr-inspector.svelte.ts';
import { Records } from './records.svelte.ts';
import { Terminals } from './terminals.svelte.ts';
import { Training } from './training.svelte.ts';
import { WithoutTerminal } from './without-terminal.svelte.ts';

export type Place = 'terminals' | 'no-terminal' | 'qr' | 'records' | 'training' | 'preferences';

class Bench {
  place = $state<Place>('terminals');
  readonly line = new BridgeLine();
  cut = $state.raw<readonly CutTerminal[]>([]);
  /** Why the bridge could not take up its work. */
  fault = $state.raw<Fault | null>(null);
  readonly client = new BridgeClient();
  readonly terminals: Terminals = new Terminals(this.client, {
    now: () => this.#attention(),
    sees: (id) => this.place === 'terminals' && this.terminals.selectedId === id,
  });
  readonly begun = new Beginnings(() =>
    this.terminals.list.flatMap(({ id }) => this.terminals.desk(id) ?? []),
  );
  /** What the journal says was left unfinished. */
  readonly cutWork = new CutWork(this.client, this.terminals);
  readonly model = new ModelChoice(this.client);
  readonly ignoredPorts = new IgnoredPorts(this.client);
  readonly adbServer = new AdbServer(this.client);
  readonly training = new Training(this.client, this.terminals);
  readonly records = new Records(this.client);
  readonly caseList = new CaseList(this.client);
  /** What the palette offers: the newest, whatever the list is narrowed down to. */
  readonly recentCases = new CaseList(this.client);
  /** The case that is opened among the records. */
  pastCase = $state.raw<PastCase | null>(null);
  readonly exercise = new ExerciseRun(this.client, this.training, this.records, preferences);
  readonly withoutTerminal = new WithoutTerminal(this.client);
  /** Codes without a terminal. */
  readonly qr = new QrInspector(this.client, null);

  /** The host had closed the bridge that comes back now. */
  #wasClosed = false;

  start(): void {
    this.client.onLost(() => {
      this.line.lost();
      this.cut = stillCut(this.cut, this.terminals.list);
      this.terminals.lost();
      this.training.ended();
      this.exercise.end();
      this.model.forgetFiles();
    });
    this.client.onConnected((again) => {
      this.fault = null;
      this.#resume(again && !this.#wasClosed).catch((error: unknown) => {
        const fault = faultOf(error);
        // The banner says it, and the next line begins here anew.
        if (!isLineFault(fault.code)) this.fault = fault;
      });
    });
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.source !== window) return;
      if (isSilentMessage(event.data)) this.line.silent(event.data.silent === true);
      if (!isPortMessage(event.data)) return;
      const [port] = event.ports;
      if (port === undefined) return;
      this.#wasClosed = event.data.wasClosed === true;
      this.client.attach(port);
    });
    window.posBench.requestPort();
  }

  /** As the technician asks for it, wherever in the window. False where it failed. */
  async connectChosen(portUrl: string): Promise<boolean> {
    return this.#goTo(await this.terminals.connectChosen(portUrl, this.model));
  }

  async startTraining(): Promise<void> {
    this.#goTo(await this.training.start());
  }

  async startExercise(id: ExerciseId): Promise<void> {
    this.#goTo(await this.exercise.start(id));
  }

  /** Opens what was offered when it came. */
  openOffered({ terminalId, tab }: Offered): void {
    const desk = this.terminals.desk(terminalId);
    this.terminals.offered = null;
    if (desk === null) return;
    this.terminals.select(terminalId);
    this.place = 'terminals';
    if (tab !== null) desk.tab = tab;
  }

  openCase(caseId: string): void {
    this.pastCase = new PastCase(this.client, caseId);
    this.place = 'records';
  }

  dismissInterrupted(): void {
    this.cutWork.dismiss();
    this.cut = [];
    this.line.restarted = false;
  }

  /** What another page started; who has none is not asked, so that a start loads nothing for it. */
  async #resumeTraining(): Promise<void> {
    if (this.terminals.list.some(({ training }) => training)) await this.training.resume();
  }

  /** False where it failed. */
  #goTo(terminal: Terminal | null): boolean {
    if (terminal === null) return false;
    if (this.terminals.offered?.terminalId !== terminal.id) this.place = 'terminals';
    return true;
  }

  /** Nobody is taken out of what they have begun since, nor out of a dialogue. */
  #attention(): () => boolean {
    const { place, pastCase, terminals } = this;
    const { turns, selected } = terminals;
    const tab = selected?.tab;
    return () =>
      this.place === place &&
      this.pastCase === pastCase &&
      terminals.turns === turns &&
      selected?.tab === tab &&
      !isAsking();
  }

  /** Since when the bridge is away; null: it is here. */
  get lineLostMs(): number | null {
    return this.line.lostMs;
  }

  async #resume(again: boolean): Promise<void> {
    // The list goes before: for what else is asked the bridge loads more of itself.
    const { terminals } = this;
    const isListed = await new Promise<boolean>((told) => {
      void terminals.watch(() => told(true)).finally(() => told(false));
    });
    // It went before it said anything: the next line begins here anew.
    if (!isListed && terminals.state !== 'failed') return;
    this.line.answered(again);
    void this.withoutTerminal.diagnosis.resume();
    const [, { jobs }] = await Promise.all([
      this.cutWork.load(),
      this.client.call('listJobs', {}),
      this.#resumeTraining(),
    ]);
    this.terminals.follow(jobs);
  }
}

function isPortMessage(data: unknown): data is { readonly wasClosed?: unknown } {
  return (
    typeof data === 'object' && data !== null && 'type' in data && data.type === 'pos-bench:port'
  );
}

function isSilentMessage(data: unknown): data is { readonly silent?: unknown } {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === 'pos-bench:bridge-silent'
  );
}

export function nameOf({ model, serialNumber }: Identity): string {
  return serialNumber === null ? model : `${model} · ${serialNumber}`;
}

export const bench = new Bench();
