/**
 * A flash as the window shows it: the chosen image and what it is, the plan, what the technician
 * allows by name, the progress, the verdict. The file of the accepted plan is pinned by its hash.
 */
import type {
  FlashPlan,
  FlashProgress,
  FlashResult,
  ImageInspection,
} from '../../native-bridge/contract/firmware.ts';
import type { Job } from '../../native-bridge/contract/requests.ts';
import { SvelteSet } from 'svelte/reactivity';
import type { ChosenFile } from '../host.d.ts';
import type { BridgeClient, Running } from './bridge-client.ts';
import type { CaseHolder } from './diagnosis-run.svelte.ts';
import { Task } from './task.svelte.ts';

export class FlashRun {
  file = $state.raw<ChosenFile | null>(null);
  keys = $state.raw<readonly ChosenFile[]>([]);
  image = $state.raw<ImageInspection | null>(null);
  plan = $state.raw<FlashPlan | null>(null);
  progress = $state.raw<FlashProgress | null>(null);
  result = $state.raw<FlashResult | null>(null);
  readonly allowed = new SvelteSet<string>();
  readonly planning = new Task();
  readonly flashing = new Task();
  /** Tells the newest plan from those that something else was chosen after. */
  #turn = 0;
  readonly #client: BridgeClient;
  readonly #terminalId: string;
  readonly #holder: CaseHolder;

  constructor(client: BridgeClient, terminalId: string, holder: CaseHolder) {
    this.#client = client;
    this.#terminalId = terminalId;
    this.#holder = holder;
  }

  /** Blockers that still stand in the way. */
  get blockedBy(): FlashPlan['blockers'] {
    return (
      this.plan?.blockers.filter(({ code, allowable }) => !allowable || !this.allowed.has(code)) ??
      []
    );
  }

  get canStart(): boolean {
    return this.plan !== null && this.blockedBy.length === 0 && !this.flashing.running;
  }

  async choose(file: ChosenFile): Promise<void> {
    if (this.flashing.running) return;
    this.file = file;
    this.image = null;
    await this.replan();
  }

  async addKey(key: ChosenFile): Promise<void> {
    this.keys = [...this.keys, key];
    await this.replan();
  }

  /** Inspects the file and plans again: after another key, after a change on the terminal. */
  async replan(): Promise<void> {
    const file = this.file;
    if (file === null || this.flashing.running) return;
    const turn = ++this.#turn;
    this.plan = null;
    this.result = null;
    this.flashing.fault = null;
    this.allowed.clear();
    const keyFileIds = this.keys.map((key) => key.fileId);
    const image = await this.planning.restart(() =>
      this.#client.start('inspectFirmware', {
        fileId: file.fileId,
        keyFileIds,
        terminalId: this.#terminalId,
      }),
    );
    if (image === null || turn !== this.#turn) return;
    this.image = image;
    const plan = await this.planning.run(() =>
      this.#client.start('planFlash', {
        terminalId: this.#terminalId,
        fileId: file.fileId,
        keyFileIds,
      }),
    );
    if (turn === this.#turn) this.plan = plan;
  }

  async start(): Promise<void> {
    const plan = this.plan;
    if (plan === null || !this.canStart) return;
    await this.#take((onProgress) =>
      this.#client.start(
        'flash',
        {
          terminalId: this.#terminalId,
          fileId: plan.fileId,
          keyFileIds: this.keys.map((key) => key.fileId),
          caseId: this.#holder.caseId,
          allow: [...this.allowed],
          acceptedSha256: plan.image.fileSha256,
        },
        onProgress,
      ),
    );
  }

  async follow({ jobId, startedUtc }: Job): Promise<void> {
    await this.#take((onProgress) => {
      const running = this.#client.start('attachJob', { jobId }, (item) =>
        onProgress(item as FlashProgress),
      );
      return { ...running, result: running.result as Promise<FlashResult> };
    }, Date.parse(startedUtc));
  }

  /** Back to the choice of an image. */
  reset(): void {
    this.#turn += 1;
    this.planning.stop();
    this.file = null;
    this.image = null;
    this.plan = null;
    this.result = null;
    this.progress = null;
    this.allowed.clear();
    this.planning.fault = null;
    this.flashing.fault = null;
  }

  /** The bridge that knew the chosen files is gone. */
  forgetFiles(): void {
    this.reset();
    this.keys = [];
  }

  async #take(
    begin: (onProgress: (item: FlashProgress) => void) => Running<FlashResult>,
    sinceMs?: number,
  ): Promise<void> {
    if (this.flashing.running) return;
    this.progress = null;
    this.result = null;
    const result = await this.flashing.run(
      () => begin((progress) => (this.progress = progress)),
      sinceMs,
    );
    if (result === null) return;
    this.result = result;
    this.#holder.caseId = result.caseId;
  }
}
