/** What people add to one case: photos, texts, notes, the acquirer's ticket number. */
import type { CaseEvent } from '../../native-bridge/contract/case.ts';
import type { EvidenceSubject } from '../../native-bridge/contract/evidence.ts';
import type { BridgeClient } from './bridge-client.ts';
import { FileChoice } from './files.svelte.ts';
import { Task } from './task.svelte.ts';

export type Collected = Extract<CaseEvent, { kind: 'evidence' | 'note' }>;

export class CaseEvidence {
  subject = $state<EvidenceSubject>('bill');
  text = $state('');
  note = $state('');
  ticket = $state('');
  /** What was dropped is no file on this computer, as a picture out of a browser. */
  isNoFile = $state(false);
  /** In the order it came; null until it was read. */
  collected = $state.raw<readonly Collected[] | null>(null);
  #keptTicket = $state('');
  readonly loading = new Task();
  readonly adding = new Task();
  readonly files = new FileChoice();
  readonly #client: BridgeClient;
  readonly #caseId: string;

  constructor(client: BridgeClient, caseId: string) {
    this.#client = client;
    this.#caseId = caseId;
  }

  /** Something is typed that is kept nowhere else. */
  get started(): boolean {
    const texts = [this.text, this.note];
    return texts.some((text) => text.trim() !== '') || this.ticket !== this.#keptTicket;
  }

  async load(): Promise<void> {
    const caseId = this.#caseId;
    await this.loading.refresh(
      () => this.#client.start('getCase', { caseId }),
      ({ events }) => this.#take(events),
    );
  }

  /** What is being typed is not replaced. */
  #take(events: readonly CaseEvent[]): void {
    if (this.collected === null) {
      this.#keptTicket = events.findLast((event) => event.kind === 'ticket')?.number ?? '';
      if (this.ticket === '') this.ticket = this.#keptTicket;
    }
    this.collected = events.filter(
      (event): event is Collected => event.kind === 'evidence' || event.kind === 'note',
    );
  }

  async addPhoto(): Promise<void> {
    const file = await this.files.choose('photo');
    if (file === null) return;
    await this.#addEvidence({ form: 'photo', fileId: file.fileId });
  }

  /** One after the other; at the first that can't be added it ends, with the fault set. */
  async dropPhotos(dropped: readonly File[]): Promise<void> {
    this.isNoFile = false;
    for (const each of dropped) {
      const file = await this.files.drop(each);
      this.isNoFile = file === null && this.files.fault === null;
      if (file === null) return;
      if (!(await this.#addEvidence({ form: 'photo', fileId: file.fileId }))) return;
    }
  }

  async addText(): Promise<void> {
    if (await this.#addEvidence({ form: 'text', text: this.text })) this.text = '';
  }

  async addNote(): Promise<void> {
    const asked = { caseId: this.#caseId, text: this.note };
    const added = await this.adding.run(() => this.#client.start('addNote', asked));
    if (added === null) return;
    this.note = '';
    await this.load();
  }

  async keepTicket(): Promise<void> {
    const number = this.ticket.trim() === '' ? null : this.ticket;
    const asked = { caseId: this.#caseId, number };
    const kept = await this.adding.run(() => this.#client.start('setTicket', asked));
    if (kept === null) return;
    this.#keptTicket = kept.number ?? '';
    this.ticket = this.#keptTicket;
  }

  async #addEvidence(
    evidence: { form: 'photo'; fileId: string } | { form: 'text'; text: string },
  ): Promise<boolean> {
    const asked = { caseId: this.#caseId, subject: this.subject, evidence };
    const added = await this.adding.run(() => this.#client.start('addEvidence', asked));
    if (added === null) return false;
    await this.load();
    return true;
  }
}
