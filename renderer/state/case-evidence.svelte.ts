/** What people add to one case: photos, texts, notes, the acquirer's ticket number. */
import type { CaseEvent } from '../../native-bridge/contract/case.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
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
  /** Not the dialogue, which may be open meanwhile. */
  readonly dropping = new FileChoice();
  /** Why something of what was added last was not. */
  faults = $state.raw<readonly Fault[]>([]);
  #waiting = $state(0);
  #last: Promise<unknown> = Promise.resolve();
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

  /** Being added, or waiting for its turn. */
  get busy(): boolean {
    return this.#waiting > 0;
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
    await this.#inTurn(() => this.#addPhoto(file.fileId, this.subject));
  }

  /** One after the other; at the first that can't be added they end, with the fault set. */
  async dropPhotos(dropped: readonly File[]): Promise<void> {
    const { subject } = this;
    await this.#inTurn(async () => {
      for (const each of dropped) {
        const file = await this.dropping.drop(each);
        if (file === null && this.dropping.fault === null) this.isNoFile = true;
        if (file === null) return false;
        if (!(await this.#addPhoto(file.fileId, subject))) return false;
      }
      return true;
    });
  }

  async addText(): Promise<void> {
    const { text, subject } = this;
    await this.#inTurn(async () => {
      const added = await this.#addEvidence(subject, { form: 'text', text });
      if (added && this.text === text) this.text = '';
      return added;
    });
  }

  async addNote(): Promise<void> {
    const text = this.note;
    const asked = { caseId: this.#caseId, text };
    await this.#inTurn(async () => {
      const added = await this.adding.run(() => this.#client.start('addNote', asked));
      if (added === null) return false;
      if (this.note === text) this.note = '';
      await this.load();
      return true;
    });
  }

  async keepTicket(): Promise<void> {
    const typed = this.ticket;
    const number = typed.trim() === '' ? null : typed;
    const asked = { caseId: this.#caseId, number };
    await this.#inTurn(async () => {
      const kept = await this.adding.run(() => this.#client.start('setTicket', asked));
      if (kept === null) return false;
      this.#keptTicket = kept.number ?? '';
      if (this.ticket === typed) this.ticket = this.#keptTicket;
      return true;
    });
  }

  /**
   * What comes while something else is being added waits for its turn, and none that failed is forgotten
   * over the next. `add`: false where it failed.
   */
  async #inTurn(add: () => Promise<boolean>): Promise<void> {
    const isFirst = this.#waiting === 0;
    if (isFirst) {
      this.faults = [];
      this.isNoFile = false;
    }
    this.#waiting += 1;
    const take = async (): Promise<void> => {
      const added = await add();
      const fault = this.dropping.fault ?? this.adding.fault;
      if (!added && fault !== null) this.faults = [...this.faults, fault];
      this.dropping.fault = null;
      this.#waiting -= 1;
    };
    this.#last = isFirst ? take() : this.#last.then(take);
    await this.#last;
  }

  async #addPhoto(fileId: string, subject: EvidenceSubject): Promise<boolean> {
    return await this.#addEvidence(subject, { form: 'photo', fileId });
  }

  async #addEvidence(
    subject: EvidenceSubject,
    evidence: { form: 'photo'; fileId: string } | { form: 'text'; text: string },
  ): Promise<boolean> {
    const asked = { caseId: this.#caseId, subject, evidence };
    const added = await this.adding.run(() => this.#client.start('addEvidence', asked));
    if (added === null) return false;
    await this.load();
    return true;
  }
}
