/**
 * The diagnosis of one terminal: the chosen symptom, the findings as they come in, the answers the
 * technician gave, and the finished diagnosis with its cause. An answer never blocks: it is kept
 * and taken into the next run, which starts by itself as soon as none is under way.
 */
import type {
  CheckId,
  Diagnosis,
  Finding,
  Question,
  Symptom,
} from '../../native-bridge/contract/diagnosis.ts';
import type { SamplingWindow } from '../../native-bridge/contract/reading.ts';
import type { Job, Progress } from '../../native-bridge/contract/requests.ts';
import { SvelteMap } from 'svelte/reactivity';
import type { BridgeClient, Running } from './bridge-client.ts';
import { Task } from './task.svelte.ts';

export interface CaseHolder {
  caseId: string | null;
}

export class DiagnosisRun {
  symptom = $state<Symptom | null>(null);
  /** The last finished one; stays on screen while the next runs. */
  finished = $state.raw<Diagnosis | null>(null);
  /** The cause of an earlier run that is gone now, while no other has come up. */
  removed = $state<CheckId | null>(null);
  readonly findings = new SvelteMap<CheckId, Finding>();
  /** Checks the run under way has answered for. */
  readonly fresh = new SvelteMap<CheckId, true>();
  readonly answers = new SvelteMap<string, string>();
  /** What the run under way measures over a time, and until when. */
  measuring = $state.raw<SamplingWindow | null>(null);
  readonly task = new Task();
  #answersGiven = 0;
  readonly #client: BridgeClient;
  readonly #terminalId: string;
  readonly #holder: CaseHolder;

  constructor(client: BridgeClient, terminalId: string, holder: CaseHolder) {
    this.#client = client;
    this.#terminalId = terminalId;
    this.#holder = holder;
  }

  get state(): 'empty' | 'running' | 'failed' | 'stopped' | 'done' {
    if (this.task.running) return 'running';
    if (this.task.fault !== null) return 'failed';
    if (this.finished !== null) return 'done';
    return this.findings.size === 0 ? 'empty' : 'stopped';
  }

  get cause(): Finding | null {
    const check = this.finished?.cause ?? null;
    return check === null ? null : (this.findings.get(check) ?? null);
  }

  /** What the run under way has found failing so far; which of it is the cause comes at the end. */
  get failingNow(): readonly Finding[] {
    return this.#all(({ check, verdict }) => verdict === 'fail' && this.fresh.has(check)).slice(
      0,
      4,
    );
  }

  get following(): readonly Finding[] {
    return this.#all(({ role }) => role === 'follows');
  }

  /** Failing, but neither the cause nor explained by it. */
  get otherFailures(): readonly Finding[] {
    const cause = this.finished?.cause;
    return this.#all(
      ({ role, verdict, check }) => role !== 'follows' && check !== cause && verdict === 'fail',
    );
  }

  /** What settles most now; empty: no answer would change the cause. */
  get questions(): readonly Question[] {
    return this.finished?.questions ?? [];
  }

  /** Checks that still have to be answered or could not be read. */
  get openCount(): number {
    return this.#all(({ verdict }) => verdict === 'ask' || verdict === 'unknown').length;
  }

  /** What the last run found otherwise than the one before. */
  get changed(): readonly CheckId[] {
    return this.task.running ? [] : (this.finished?.changed ?? []);
  }

  /** Another complaint is another diagnosis: what was found for the last one is put away. */
  choose(symptom: Symptom): void {
    if (this.task.running || symptom === this.symptom) return;
    this.symptom = symptom;
    this.findings.clear();
    this.finished = null;
    this.removed = null;
    this.task.fault = null;
  }

  /** `reuse`: another answer is judged by what was read already. */
  async run(reuse = false): Promise<void> {
    const symptom = this.symptom;
    if (symptom === null || this.task.running) return;
    const answersBefore = this.#answersGiven;
    const done = await this.#take((onProgress) =>
      this.#client.start(
        'diagnose',
        {
          terminalId: this.#terminalId,
          symptom,
          answers: Object.fromEntries(this.answers),
          caseId: this.#holder.caseId,
          reuse,
        },
        onProgress,
      ),
    );
    if (done && this.#answersGiven > answersBefore) await this.run(true);
  }

  /** Follows a run that was started before this window's line was replaced. */
  async follow({ jobId, startedUtc }: Job): Promise<void> {
    await this.#take((onProgress) => {
      const running = this.#client.start('attachJob', { jobId }, (item) =>
        onProgress(item as Progress<'diagnose'>),
      );
      return { ...running, result: running.result as Promise<Diagnosis> };
    }, Date.parse(startedUtc));
  }

  /** null takes the answer back. */
  async answer(questionId: string, answer: string | null): Promise<void> {
    if (answer === null) this.answers.delete(questionId);
    else this.answers.set(questionId, answer);
    this.#answersGiven += 1;
    if (!this.task.running) await this.run(true);
  }

  #all(which: (finding: Finding) => boolean): readonly Finding[] {
    return [...this.findings.values()].filter(which);
  }

  /** False where it failed, was stopped, or another is under way. */
  async #take(
    begin: (onProgress: (item: Progress<'diagnose'>) => void) => Running<Diagnosis>,
    sinceMs?: number,
  ): Promise<boolean> {
    if (this.task.running) return false;
    this.fresh.clear();
    this.measuring = null;
    const take = (progress: Progress<'diagnose'>): void => {
      if ('sampling' in progress) {
        this.measuring = progress.sampling;
        return;
      }
      this.findings.set(progress.finding.check, progress.finding);
      this.fresh.set(progress.finding.check, true);
    };
    const diagnosis = await this.task.run(() => begin(take), sinceMs);
    this.measuring = null;
    if (diagnosis === null) return false;
    for (const finding of diagnosis.findings) this.findings.set(finding.check, finding);
    const causeBefore = this.finished?.cause ?? this.removed;
    this.removed = diagnosis.cause === null ? causeBefore : null;
    this.finished = diagnosis;
    this.symptom = diagnosis.symptom;
    this.#holder.caseId = diagnosis.caseId;
    return true;
  }
}
