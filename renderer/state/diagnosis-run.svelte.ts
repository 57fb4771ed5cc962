/**
 * The diagnosis of one terminal, or of none: what it is for, the findings as they come in, the
 * answers the technician gave, and the finished diagnosis with its cause. An answer never blocks: it
 * is kept and taken into the next run, which starts by itself as soon as none is under way.
 */
import type { CheckId, Diagnosis, Finding } from '../../native-bridge/contract/diagnosis.ts';
import type { SamplingWindow } from '../../native-bridge/contract/reading.ts';
import type { Job } from '../../native-bridge/contract/job.ts';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import { SvelteMap } from 'svelte/reactivity';
import { clock } from './clock.svelte.ts';
import type { BridgeClient, Running } from './bridge-client.ts';
import type { CaseHolder, Diagnosed, Purpose } from './diagnosis-desk.ts';
import { symptomOf } from './playbook.ts';
import { Task } from './task.svelte.ts';

export class DiagnosisRun {
  purpose = $state<Purpose | null>(null);
  /** The last finished one; stays on screen while the next runs. */
  finished = $state.raw<Diagnosis | null>(null);
  /** The cause of an earlier run that is gone now, while no other has come up. */
  removed = $state<CheckId | null>(null);
  /** It is of an earlier page: nothing was read on this one. */
  resumed = $state(false);
  readonly findings = new SvelteMap<CheckId, Finding>();
  /** Checks the last run has answered for. */
  readonly fresh = new SvelteMap<CheckId, true>();
  readonly answers = new SvelteMap<string, string>();
  /** What the run under way measures over a time, and until when. */
  measuring = $state.raw<SamplingWindow | null>(null);
  /** The list of complaints is open, to begin with another. */
  choosingAgain = $state(false);
  /** The last run was not let go to its end: part of what stands is of the one before. */
  #stopped = $state(false);
  readonly task = new Task();
  readonly resuming = new Task();
  #answersGiven = 0;
  readonly #client: BridgeClient;
  readonly #diagnosed: () => Diagnosed;
  readonly #holder: CaseHolder;

  constructor(client: BridgeClient, diagnosed: () => Diagnosed, holder: CaseHolder) {
    this.#client = client;
    this.#diagnosed = diagnosed;
    this.#holder = holder;
  }

  get state(): 'empty' | 'running' | 'failed' | 'stopped' | 'done' {
    if (this.task.running) return 'running';
    if (this.task.fault !== null) return 'failed';
    if (this.#stopped && this.findings.size > 0) return 'stopped';
    return this.finished === null ? 'empty' : 'done';
  }

  /** As the finished run found it, whatever one that was stopped has found since. */
  get cause(): Finding | null {
    const { cause = null, findings = [] } = this.finished ?? {};
    return findings.find(({ check }) => check === cause) ?? null;
  }

  /** Left from the run before by one that did not come to it. */
  isOlder(check: CheckId): boolean {
    const cut = this.state === 'stopped' || this.state === 'failed';
    return cut && this.findings.has(check) && !this.fresh.has(check);
  }

  /** What the run under way has found failing so far; which of it is the cause comes at the end. */
  get failingNow(): readonly Finding[] {
    return this.of(({ check, verdict }) => verdict === 'fail' && this.fresh.has(check)).slice(0, 4);
  }

  get following(): readonly Finding[] {
    return this.of(({ role }) => role === 'follows');
  }

  /** What can produce the complaint as well, and is explained by nothing. */
  get furtherCauses(): readonly Finding[] {
    return this.state === 'done' ? this.of(({ role }) => role === 'further-cause') : [];
  }

  /** Failing, but neither the cause nor explained by it nor set aside by an answer. */
  get otherFailures(): readonly Finding[] {
    const cause = this.finished?.cause;
    return this.of(
      ({ role, verdict, check, ruledOutBy }) =>
        role !== 'follows' && check !== cause && verdict === 'fail' && ruledOutBy === null,
    );
  }

  /** Checks that still have to be answered or could not be read. */
  get openCount(): number {
    return this.of(({ verdict }) => verdict === 'ask' || verdict === 'unknown').length;
  }

  /** What the last run found otherwise than the one before. */
  get changed(): readonly CheckId[] {
    return this.state === 'done' ? (this.finished?.changed ?? []) : [];
  }

  /** Another complaint is another diagnosis and another case: what belongs to the last is put away. */
  choose(purpose: Purpose): void {
    if (this.task.running || purpose === this.purpose) return;
    this.putAway();
    this.purpose = purpose;
  }

  /** Nothing of it is lost: the case is among the records. */
  putAway(): void {
    this.purpose = null;
    this.finished = null;
    this.removed = null;
    this.#stopped = false;
    this.task.fault = null;
    this.findings.clear();
    this.fresh.clear();
    this.answers.clear();
    this.#holder.caseId = null;
  }

  /** `reuse`: another answer is judged by what was read already. */
  async run(reuse = false): Promise<void> {
    const { purpose } = this;
    if (purpose === null || this.task.running) return;
    const answersBefore = this.#answersGiven;
    const asked = {
      ...this.#diagnosed(),
      symptom: symptomOf(purpose),
      answers: Object.fromEntries(this.answers),
      caseId: this.#holder.caseId,
      reuse,
    };
    const done = await this.#take((onProgress) =>
      this.#client.start('diagnose', asked, onProgress),
    );
    if (done && this.#answersGiven > answersBefore) await this.run(true);
  }

  /** Takes up the diagnosis of this visit where the page knows nothing of it: it was loaded again. */
  async resume(): Promise<void> {
    const { terminalId } = this.#diagnosed();
    const { caseId } = this.#holder;
    if (terminalId === null && caseId === null) return;
    const asked = { terminalId, caseId };
    const last = await this.resuming.run(() => this.#client.start('resumeDiagnosis', asked));
    if (last?.diagnosis == null || this.purpose !== null) return;
    this.#show(last.diagnosis, (check) => !this.fresh.has(check));
    this.resumed = true;
  }

  /** One of an earlier visit, to be read. */
  lookAt(diagnosis: Diagnosis): void {
    this.#show(diagnosis, () => true);
  }

  /** Follows a run that was started before this window's line was replaced. */
  async follow({ jobId, startedUtc }: Job): Promise<void> {
    await this.#take(
      (onProgress) => this.#client.follow<'diagnose'>(jobId, onProgress),
      clock.at(startedUtc),
    );
  }

  /** null takes the answer back. `judge` false: it is kept for the next run. */
  async answer(questionId: string, answer: string | null, judge = true): Promise<void> {
    if (answer === null) this.answers.delete(questionId);
    else this.answers.set(questionId, answer);
    this.#answersGiven += 1;
    if (judge && !this.task.running) await this.run(true);
  }

  of(which: (finding: Finding) => boolean): readonly Finding[] {
    return [...this.findings.values()].filter(which);
  }

  /** False where it failed, was stopped, or another is under way. */
  async #take(
    begin: (onProgress: (item: Progress<'diagnose'>) => void) => Running<Diagnosis>,
    sinceMs?: number,
  ): Promise<boolean> {
    if (this.task.running) return false;
    this.choosingAgain = false;
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
    const answersBefore = this.#answersGiven;
    const diagnosis = await this.task.run(() => begin(take), sinceMs);
    this.measuring = null;
    this.#stopped = diagnosis === null && this.task.fault === null;
    if (diagnosis === null) return false;
    this.resumed = false;
    const causeBefore = this.finished?.cause ?? this.removed;
    this.removed = diagnosis.cause === null ? causeBefore : null;
    this.#show(diagnosis, () => true, answersBefore === this.#answersGiven);
    return true;
  }

  /** `which`: those whose finding it replaces. */
  #show(diagnosis: Diagnosis, which: (check: CheckId) => boolean, withAnswers = true): void {
    for (const finding of diagnosis.findings) {
      if (which(finding.check)) this.findings.set(finding.check, finding);
    }
    this.finished = diagnosis;
    this.purpose = diagnosis.symptom ?? 'routine';
    this.#holder.caseId = diagnosis.caseId;
    if (!withAnswers) return;
    this.answers.clear();
    for (const [id, answer] of Object.entries(diagnosis.answers)) this.answers.set(id, answer);
  }
}
