/**
 * The settings of one terminal against what is expected, the changes the technician is about to
 * make (nothing is written before the before/after dialogue was confirmed), and the last
 * correction, which can be undone.
 */
import type {
  Correction,
  SettingChange,
  SettingRow,
  SettingsTable,
} from '../../native-bridge/contract/correction.ts';
import type { Job, Progress } from '../../native-bridge/contract/requests.ts';
import { SvelteMap } from 'svelte/reactivity';
import type { BridgeClient, Running } from './bridge-client.ts';
import type { CaseHolder } from './diagnosis-run.svelte.ts';
import { Task } from './task.svelte.ts';

export interface ProposedChange {
  readonly row: SettingRow;
  readonly value: string;
}

export class Corrections {
  table = $state.raw<SettingsTable | null>(null);
  last = $state.raw<Correction | null>(null);
  /** The changes in the open dialogue; null: no dialogue. */
  proposed = $state.raw<readonly ProposedChange[] | null>(null);
  progress = $state.raw<Progress<'applySettings'> | null>(null);
  /** New values typed by the technician, by setting key. */
  readonly edits = new SvelteMap<string, string>();
  readonly reading = new Task();
  readonly applying = new Task();
  readonly #client: BridgeClient;
  readonly #terminalId: string;
  readonly #holder: CaseHolder;

  constructor(client: BridgeClient, terminalId: string, holder: CaseHolder) {
    this.#client = client;
    this.#terminalId = terminalId;
    this.#holder = holder;
  }

  get differing(): readonly SettingRow[] {
    return this.table?.rows.filter((row) => row.differs && row.expected !== null) ?? [];
  }

  get canUndo(): boolean {
    return this.last !== null && this.last.outcome !== 'undone' && this.last.outcome !== 'reverted';
  }

  async load(): Promise<void> {
    await this.reading.refresh(
      () => this.#client.start('readSettings', { terminalId: this.#terminalId }),
      (table) => (this.table = table),
    );
  }

  /** Opens the dialogue for these keys with their expected values; all that differ where none is named. */
  async proposeExpected(keys: readonly string[] | null = null): Promise<void> {
    if (this.table === null) await this.load();
    const rows = keys === null ? this.differing : this.#rows(keys);
    const changes = rows.flatMap((row) =>
      row.expected === null || !row.differs ? [] : [{ row, value: row.expected }],
    );
    if (changes.length > 0) this.proposed = changes;
  }

  proposeEdits(): void {
    const changes = this.#rows([...this.edits.keys()]).flatMap((row) => {
      const value = this.edits.get(row.key);
      return value === undefined || (value === row.current && !row.secret) ? [] : [{ row, value }];
    });
    if (changes.length > 0) this.proposed = changes;
  }

  async applyProposed(): Promise<void> {
    if (this.applying.running) return;
    const changes: SettingChange[] | undefined = this.proposed?.map(({ row, value }) => ({
      key: row.key,
      value,
    }));
    this.proposed = null;
    if (changes === undefined) return;
    await this.#finish(() =>
      this.#client.start(
        'applySettings',
        { terminalId: this.#terminalId, caseId: this.#holder.caseId, changes },
        (progress) => (this.progress = progress),
      ),
    );
  }

  async undo(): Promise<void> {
    const correctionId = this.last?.id ?? null;
    await this.#finish(() =>
      this.#client.start('undoCorrection', { terminalId: this.#terminalId, correctionId }),
    );
  }

  async follow({ jobId, startedUtc }: Job): Promise<void> {
    await this.#finish(() => {
      const running = this.#client.start('attachJob', { jobId }, (item) => {
        this.progress = item as Progress<'applySettings'>;
      });
      return { ...running, result: running.result as Promise<Correction> };
    }, Date.parse(startedUtc));
  }

  async #finish(begin: () => Running<Correction>, sinceMs?: number): Promise<void> {
    if (this.applying.running) return;
    this.progress = null;
    const correction = await this.applying.run(begin, sinceMs);
    if (correction !== null) {
      this.last = correction;
      this.edits.clear();
      this.#holder.caseId = correction.caseId;
    }
    // What stands in the table must be what the terminal says, also after a failure.
    await this.load();
  }

  #rows(keys: readonly string[]): SettingRow[] {
    return this.table?.rows.filter((row) => keys.includes(row.key)) ?? [];
  }
}
