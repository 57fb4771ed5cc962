/** One case opened again, to be read: nothing of it is run, answered or changed. */
import type { CaseEvent } from '../../native-bridge/contract/case.ts';
import type { CaseLook } from '../../native-bridge/contract/case-look.ts';
import type { Locale } from '../../native-bridge/contract/common.ts';
import type { CaseEvidence } from '../../native-bridge/contract/evidence.ts';
import type { Reading } from '../../native-bridge/contract/reading.ts';
import type { BridgeClient } from './bridge-client.ts';
import type { Collected } from './case-evidence.svelte.ts';
import type { DiagnosisDesk } from './diagnosis-desk.ts';
import { DiagnosisRun } from './diagnosis-run.svelte.ts';
import { textAfter } from './kept-text.ts';
import { preferences } from './preferences.svelte.ts';
import type { Records } from './records.svelte.ts';
import { sameSubject, type Subject } from './subject.ts';
import { Task } from './task.svelte.ts';

type Photo = Extract<CaseEvidence, { form: 'photo' }>;
type EventOf<Kind extends CaseEvent['kind']> = Extract<CaseEvent, { kind: Kind }>;

export class PastCase implements DiagnosisDesk {
  readonly caseId: string;
  readonly atTerminal = null;
  readonly ready = false;
  readonly past = true;
  readonly diagnosis: DiagnosisRun;
  subject = $state.raw<Subject | null>(null);
  look = $state.raw<CaseLook | null>(null);
  ticket = $state('');
  /** Of what is made of it; the window's unless somebody chose another. */
  chosenLocale = $state<Locale | null>(null);
  readonly loading = new Task();
  readonly changing = new Task();
  readonly #client: BridgeClient;

  constructor(client: BridgeClient, caseId: string) {
    this.#client = client;
    this.caseId = caseId;
    this.diagnosis = new DiagnosisRun(client, () => ({ terminalId: null }), { caseId });
  }

  async load(): Promise<void> {
    const asked = { caseId: this.caseId };
    await this.loading.refresh(
      () => this.#client.start('lookAtCase', asked),
      (look) => {
        const ticketBefore = this.look?.record.ticket ?? '';
        this.look = look;
        this.ticket = textAfter(this.ticket, ticketBefore, look.record.ticket ?? '');
        const { tellingDiagnosis } = look;
        const diagnoses = this.of('diagnosis').map(({ diagnosis }) => diagnosis);
        const told = diagnoses[tellingDiagnosis ?? diagnoses.length - 1];
        if (told !== undefined) this.diagnosis.lookAt(told);
      },
    );
  }

  of<Kind extends CaseEvent['kind']>(kind: Kind): EventOf<Kind>[] {
    const events = this.look?.record.events ?? [];
    return events.filter((event): event is EventOf<Kind> => event.kind === kind);
  }

  /** The last that was read of each value. */
  get readings(): readonly Reading[] {
    const all = this.of('readings').flatMap((event) => event.readings);
    return all.filter(({ name }, at) => all.findLastIndex((one) => one.name === name) === at);
  }

  get answers(): readonly (readonly [question: string, answer: string])[] {
    return Object.entries(this.diagnosis.finished?.answers ?? {});
  }

  get photos(): readonly Photo[] {
    return this.of('evidence').flatMap(({ evidence }) =>
      evidence.form === 'photo' ? [evidence] : [],
    );
  }

  get texts(): readonly Collected[] {
    return (this.look?.record.events ?? []).filter(
      (event): event is Collected =>
        event.kind === 'note' || (event.kind === 'evidence' && event.evidence.form === 'text'),
    );
  }

  /** In the language that was chosen for what is made of it. */
  get locale(): Locale {
    return this.chosenLocale ?? preferences.locale;
  }

  async copySummary(records: Records): Promise<void> {
    await records.copySummary(this.caseId, this.locale);
  }

  toggleSubject(subject: Subject): void {
    this.subject = sameSubject(this.subject, subject) ? null : subject;
  }

  async close(): Promise<void> {
    const asked = { caseId: this.caseId };
    const closed = await this.changing.run(() => this.#client.start('closeCase', asked));
    if (closed !== null) await this.load();
  }

  async keepTicket(): Promise<void> {
    const number = this.ticket.trim() === '' ? null : this.ticket;
    const asked = { caseId: this.caseId, number };
    const kept = await this.changing.run(() => this.#client.start('setTicket', asked));
    if (kept === null) return;
    this.ticket = kept.number ?? '';
    await this.load();
  }
}
