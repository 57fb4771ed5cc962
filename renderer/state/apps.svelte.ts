/**
 * The apps of an Android terminal: which are there, the file that was chosen and what speaks against
 * it, the work under way and how the last ended. The file that was accepted is pinned by its hash.
 */
import type { AppInspection, AppProgress, AppResult } from '../../native-bridge/contract/app.ts';
import type { Job } from '../../native-bridge/contract/job.ts';
import type { Result } from '../../native-bridge/contract/requests.ts';
import { SvelteSet } from 'svelte/reactivity';
import type { ChosenFile } from '../host.d.ts';
import { clock } from './clock.svelte.ts';
import type { BridgeClient, Running } from './bridge-client.ts';
import type { CaseHolder } from './diagnosis-desk.ts';
import { Task } from './task.svelte.ts';

export type AppList = Result<'listApps'>;
export type ListedApp = AppList['apps'][number];
export type AppFileChoice = Pick<ChosenFile, 'fileId' | 'name'>;
type TrainingApps = Result<'listTrainingApps'>['apps'];

/** What is done without a file, and only after it was asked. */
export interface AskedOfApp {
  readonly act: 'uninstall' | 'clear-cache';
  readonly packageName: string;
}

export class Apps {
  list = $state.raw<AppList | null>(null);
  all = $state(false);
  file = $state.raw<AppFileChoice | null>(null);
  /** The name of the file that was chosen before its bridge was lost. */
  forgotten = $state<string | null>(null);
  inspection = $state.raw<AppInspection | null>(null);
  progress = $state.raw<AppProgress | null>(null);
  result = $state.raw<AppResult | null>(null);
  /** It was stopped before Android was asked. */
  cancelled = $state(false);
  /** The open dialogue; null: none. */
  asking = $state.raw<AskedOfApp | null>(null);
  /** What is being done without a file. */
  doing = $state.raw<AskedOfApp | null>(null);
  /** Files to practise with; none where it is a real terminal. */
  training = $state.raw<TrainingApps>([]);
  readonly allowed = new SvelteSet<string>();
  /** Installed for the first time in this visit: these alone may be uninstalled. */
  readonly fresh = new SvelteSet<string>();
  readonly reading = new Task();
  readonly inspecting = new Task();
  readonly working = new Task();
  #settledId: string | null = null;
  readonly #client: BridgeClient;
  readonly #terminalId: string;
  readonly #holder: CaseHolder;

  constructor(client: BridgeClient, terminalId: string, holder: CaseHolder) {
    this.#client = client;
    this.#terminalId = terminalId;
    this.#holder = holder;
  }

  get blockedBy(): AppInspection['blockers'] {
    const blockers = this.inspection?.blockers ?? [];
    return blockers.filter(({ code, allowable }) => !allowable || !this.allowed.has(code));
  }

  get canInstall(): boolean {
    return this.inspection !== null && this.blockedBy.length === 0 && !this.working.running;
  }

  async load(): Promise<void> {
    const asked = { terminalId: this.#terminalId, all: this.all };
    await this.reading.refresh(
      () => this.#client.start('listApps', asked),
      (list) => (this.list = list),
    );
  }

  /** The files that belong to the simulated terminal at this address. */
  async loadTraining(portUrl: string): Promise<void> {
    try {
      this.training = (await this.#client.call('listTrainingApps', { portUrl })).apps;
    } catch {
      // Practising goes on without.
      this.training = [];
    }
  }

  async choose(file: AppFileChoice): Promise<void> {
    if (this.working.running) return;
    this.file = file;
    this.forgotten = null;
    this.result = null;
    await this.inspect();
  }

  /** Again after a change on the terminal. */
  async inspect(): Promise<void> {
    const { file } = this;
    if (file === null) return;
    this.inspection = null;
    this.allowed.clear();
    this.working.fault = null;
    this.cancelled = false;
    const asked = { fileId: file.fileId, terminalId: this.#terminalId };
    const found = await this.inspecting.restart(() => this.#client.start('inspectApp', asked));
    if (this.file === file) this.inspection = found;
  }

  putAside(): void {
    this.inspecting.stop();
    this.file = null;
    this.inspection = null;
    this.result = null;
    this.cancelled = false;
    this.working.fault = null;
    this.inspecting.fault = null;
  }

  async install(): Promise<void> {
    const { inspection } = this;
    if (inspection === null || !this.canInstall) return;
    const asked = {
      terminalId: this.#terminalId,
      fileId: inspection.fileId,
      caseId: this.#holder.caseId,
      acceptedSha256: inspection.app.fileSha256,
      allow: [...this.allowed],
    };
    await this.#take(() =>
      this.#client.start('installApp', asked, (progress) => (this.progress = progress)),
    );
  }

  /** What the open dialogue asks for. */
  async doAsked(): Promise<void> {
    const { asking } = this;
    this.asking = null;
    if (asking === null || this.working.running) return;
    const { act, packageName } = asking;
    const request = act === 'uninstall' ? 'uninstallApp' : 'clearAppCache';
    const asked = { terminalId: this.#terminalId, packageName, caseId: this.#holder.caseId };
    this.doing = asking;
    await this.#take(() => this.#client.start(request, asked));
    this.doing = null;
  }

  async follow({ jobId, startedUtc }: Job): Promise<void> {
    await this.#take(
      () => this.#client.follow<'installApp'>(jobId, (item) => (this.progress = item)),
      clock.at(startedUtc),
    );
  }

  /** Looked at when the terminal was connected. Said again at every change of it; taken once. */
  settle(result: AppResult): void {
    if (this.working.running || this.#settledId === result.id) return;
    this.#settledId = result.id;
    this.#ended(result);
  }

  /** The bridge that knew the files is gone. */
  forgetFiles(): void {
    const { result, file } = this;
    if (file !== null && result === null) this.forgotten = file.name;
    this.putAside();
    this.result = result;
    this.training = [];
  }

  async #take(begin: () => Running<AppResult>, sinceMs?: number): Promise<void> {
    if (this.working.running) return;
    this.progress = null;
    this.result = null;
    this.cancelled = false;
    const result = await this.working.run(begin, sinceMs);
    this.cancelled = result === null && this.working.fault === null;
    if (result !== null) this.#ended(result);
    // What stands in the list must be what the terminal says, also after a failure.
    if (this.list !== null) await this.load();
  }

  #ended(result: AppResult): void {
    this.result = result;
    this.#holder.caseId = result.caseId;
    const { action, verdict, before, packageName } = result;
    if (verdict !== 'done') return;
    if (action === 'install' && before === null) this.fresh.add(packageName);
    if (action === 'uninstall') this.fresh.delete(packageName);
    if (action !== 'install') return;
    this.file = null;
    this.inspection = null;
  }
}
