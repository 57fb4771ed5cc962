/**
 * A flash as the window shows it: the chosen image and what it is, the plan, what the technician
 * allows by name, the progress, the verdict. The file of the accepted plan is pinned by its hash.
 */
import type {
  FlashPlan,
  FlashProgress,
  FlashResult,
} from '../../native-bridge/contract/firmware.ts';
import type { ImageInspection } from '../../native-bridge/contract/image.ts';
import type { Job } from '../../native-bridge/contract/job.ts';
import { SvelteSet } from 'svelte/reactivity';
import type { ChosenFile } from '../host.d.ts';
import { clock } from './clock.svelte.ts';
import type { BridgeClient, Running } from './bridge-client.ts';
import type { CaseHolder } from './diagnosis-desk.ts';
import { KeptImage, type ImageFile } from './kept-image.svelte.ts';
import { Task } from './task.svelte.ts';

export class FlashRun {
  file = $state.raw<ImageFile | null>(null);
  /** The name of the file that was chosen before its bridge was lost. */
  forgotten = $state<string | null>(null);
  keys = $state.raw<readonly ChosenFile[]>([]);
  image = $state.raw<ImageInspection | null>(null);
  plan = $state.raw<FlashPlan | null>(null);
  progress = $state.raw<FlashProgress | null>(null);
  result = $state.raw<FlashResult | null>(null);
  readonly allowed = new SvelteSet<string>();
  /** Settled by the bridge and not yet seen here. */
  settledUnseen = $state.raw<FlashResult | null>(null);
  /** The file chosen to go on with is not the one that was being flashed: its version. */
  otherThan = $state<string | null>(null);
  /** The copy of the image is not kept any more: its file has to be chosen. */
  copyGone = $state(false);
  questionSinceMs = $state(0);
  readonly kept: KeptImage;
  readonly planning = new Task();
  readonly flashing = new Task();
  readonly answering = new Task();
  #settled: FlashResult | null = null;
  /** Tells the newest plan from those that something else was chosen after. */
  #turn = 0;
  readonly #client: BridgeClient;
  readonly #terminalId: string;
  readonly #holder: CaseHolder;

  constructor(client: BridgeClient, terminalId: string, holder: CaseHolder) {
    this.#client = client;
    this.#terminalId = terminalId;
    this.#holder = holder;
    this.kept = new KeptImage(client, terminalId);
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

  /** Asked of the technician while the flash waits. */
  get question(): FlashProgress['question'] {
    return this.flashing.running ? (this.progress?.question ?? null) : null;
  }

  async answer(same: boolean): Promise<void> {
    await this.answering.run(() =>
      this.#client.start('answerFlash', { terminalId: this.#terminalId, answer: same }),
    );
  }

  /**
   * The bridge looked what became of a flash that was left open: that takes the place of the verdict
   * shown here. Said again at every change of the terminal; news only once.
   */
  settle(result: FlashResult): void {
    if (this.flashing.running || sameEnd(this.#settled, result)) return;
    this.#settled = result;
    this.settledUnseen = result;
    this.showSettled();
  }

  settledSeen(): void {
    this.settledUnseen = null;
  }

  showSettled(): void {
    if (this.settledUnseen === null) return;
    this.#forgetPlan();
    this.result = this.settledUnseen;
    this.#holder.caseId = this.settledUnseen.caseId;
  }

  /**
   * Flashes the image of the last result again, with what was allowed for it: the terminal keeps
   * what it has, and only the rest is sent. The image is the copy that was kept; where that is gone
   * `chosen`, and false where a file has to be chosen first. Stops at the plan where something new
   * stands in the way or the file is another one.
   */
  async goOn(chosen: ImageFile | null = null): Promise<boolean> {
    const last = this.result;
    if (last === null || this.flashing.running || this.kept.looking.running) return true;
    const file = chosen ?? (await this.kept.copyOf(last)) ?? this.file;
    // Where it could not be asked for, nobody knows.
    this.copyGone = file === null && this.kept.looking.fault === null;
    if (file === null) return false;
    // Another verdict or image came while the copy was looked for.
    if (this.result !== last) return true;
    this.file = file;
    await this.replan();
    const { plan } = this;
    if (plan === null) {
      this.#restore(last, file);
      return true;
    }
    if (last.fileSha256 !== null && plan.image.fileSha256 !== last.fileSha256) {
      this.otherThan = last.toVersion;
      return true;
    }
    for (const { code } of plan.blockers) if (last.allowed.includes(code)) this.allowed.add(code);
    await this.start();
    return true;
  }

  /** Nothing is chosen and nothing ended in this window: an earlier visit may have left something. */
  get blank(): boolean {
    return this.file === null && this.result === null && !this.flashing.running;
  }

  /** Plans the flash that an earlier visit left, with the copy of its image. */
  async takeUp(): Promise<void> {
    const { flash } = this.kept;
    const copy = flash && (await this.kept.copyOf(flash));
    if (copy === null) this.kept.flash = null;
    else if (this.blank) await this.choose(copy);
  }

  async choose(file: ImageFile): Promise<void> {
    if (this.flashing.running) return;
    this.file = file;
    this.forgotten = null;
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
    this.#forgetPlan();
    this.flashing.fault = null;
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
    await this.#take(
      (onProgress) => this.#client.follow<'flash'>(jobId, onProgress),
      clock.at(startedUtc),
    );
  }

  /** Back to the choice of an image. */
  reset(): void {
    this.#turn += 1;
    this.planning.stop();
    this.file = null;
    this.image = null;
    this.#forgetPlan();
    this.progress = null;
    this.planning.fault = null;
    this.flashing.fault = null;
  }

  /** The bridge that knew the chosen files is gone. A verdict stays what it was. */
  forgetFiles(): void {
    const { result, file } = this;
    // What is being flashed has its copy.
    if (file !== null && result === null && !this.flashing.running) this.forgotten = file.name;
    this.reset();
    this.result = result;
    this.keys = [];
    this.kept.flash = null;
    this.#settled = null;
  }

  /**
   * Nothing was begun: what was said of the last flash, and the way on, stay. Not where another image was
   * chosen or another verdict came meanwhile.
   */
  #restore(last: FlashResult, file: ImageFile): void {
    const isAnother = this.file !== null && this.file !== file;
    if (this.result === null && !isAnother) this.result = last;
  }

  #forgetPlan(): void {
    this.plan = null;
    this.result = null;
    this.otherThan = null;
    this.copyGone = false;
    this.planning.fault = null;
    this.allowed.clear();
  }

  async #take(
    begin: (onProgress: (item: FlashProgress) => void) => Running<FlashResult>,
    sinceMs?: number,
  ): Promise<void> {
    if (this.flashing.running) return;
    this.progress = null;
    this.result = null;
    this.settledUnseen = null;
    const result = await this.flashing.run(
      () =>
        begin((progress) => {
          if (progress.question !== null && this.progress?.question == null) {
            this.questionSinceMs = clock.now();
          }
          this.progress = progress;
        }),
      sinceMs,
    );
    if (result === null) return;
    this.result = result;
    this.#holder.caseId = result.caseId;
  }
}

function sameEnd(one: FlashResult | null, other: FlashResult): boolean {
  return (
    one?.caseId === other.caseId &&
    one.verdict === other.verdict &&
    one.state.key === other.state.key
  );
}
