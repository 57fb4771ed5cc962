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
import type { RestoreResult } from '../../native-bridge/contract/backup.ts';
import type { Job } from '../../native-bridge/contract/job.ts';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { clock } from './clock.svelte.ts';
import type { BridgeClient, Running } from './bridge-client.ts';
import type { CaseHolder } from './diagnosis-desk.ts';
import { settingsAbout } from './setting-search.ts';
import { Task } from './task.svelte.ts';

export interface ProposedChange {
  readonly row: SettingRow;
  readonly value: string;
}

/** Where to put back from; none named: the terminal's newest backup. */
export interface RestoreSource {
  readonly backupId?: string;
  readonly fileId?: string;
  /** Only these; absent: all that differs. */
  readonly keys?: readonly string[];
  readonly allowOtherTerminal?: true;
}

export type SettingsOutcome =
  { readonly kind: 'backup' } | { readonly kind: 'correction'; readonly correction: Correction };

export interface ProposedRestore {
  readonly source: RestoreSource;
  readonly compared: RestoreResult;
}

export class Corrections {
  table = $state.raw<SettingsTable | null>(null);
  last = $state.raw<Correction | null>(null);
  /** The changes in the open dialogue; null: no dialogue. */
  proposed = $state.raw<readonly ProposedChange[] | null>(null);
  /** What the open dialogue would put back; null: no dialogue. */
  restoring = $state.raw<ProposedRestore | null>(null);
  /** How the last restore ended. */
  restored = $state.raw<RestoreResult | null>(null);
  /** Refused because the backup is another terminal's: may be allowed. */
  notThisTerminal = $state.raw<RestoreSource | null>(null);
  /** The undo that was refused because a setting was changed since. */
  refused = $state<string | null>(null);
  onlyDifferences = $state(false);
  /** Typed words; empty: all are shown. */
  search = $state('');
  /** Secrets that may be lost: to be entered again where they no longer work. */
  readonly reenter = new SvelteSet<string>();
  progress = $state.raw<Progress<'applySettings'> | null>(null);
  /** New values typed by the technician, by setting key. */
  readonly edits = new SvelteMap<string, string>();
  /** What the last work here came to: new with every one that ended. */
  outcome = $state.raw<SettingsOutcome | null>(null);
  readonly reading = new Task();
  readonly applying = new Task();
  readonly #client: BridgeClient;
  readonly #terminalId: string;
  readonly #holder: CaseHolder;
  #askedBy: object | null = null;

  constructor(client: BridgeClient, terminalId: string, holder: CaseHolder) {
    this.#client = client;
    this.#terminalId = terminalId;
    this.#holder = holder;
  }

  /** What has to be set on the terminal itself is not among them. */
  get differing(): readonly SettingRow[] {
    return (
      this.table?.rows.filter(
        (row) => row.differs && row.expected !== null && row.byHand == null,
      ) ?? []
    );
  }

  /** Could not be read: nobody knows what they are. */
  get unread(): readonly SettingRow[] {
    return this.table?.rows.filter(({ failure }) => failure !== null) ?? [];
  }

  /** Of differences alone also what could not be read, and with a backup what was otherwise then. */
  get shown(): readonly SettingRow[] {
    const rows = settingsAbout(this.table?.rows ?? [], this.search);
    if (!this.onlyDifferences) return rows;
    return rows.filter(
      ({ differs, failure, backup }) => differs || failure !== null || backup?.differs === true,
    );
  }

  get canUndo(): boolean {
    return this.last !== null && this.last.outcome !== 'undone' && this.last.outcome !== 'reverted';
  }

  /** Once for each result that says so. */
  askAgain(source: object, keys: readonly string[]): void {
    if (this.#askedBy === source) return;
    this.#askedBy = source;
    for (const key of keys) this.reenter.add(key);
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

  /** What is typed and can be written: a network that lacks its name or password is none yet. */
  get edited(): readonly string[] {
    return this.#rows([...this.edits.keys()])
      .filter(({ key, form }) => form === undefined || this.edits.get(key) !== '')
      .map(({ key }) => key);
  }

  proposeEdits(): void {
    const changes = this.#rows(this.edited).flatMap((row) => {
      const value = this.edits.get(row.key);
      return value === undefined || (value === row.current && !row.secret) ? [] : [{ row, value }];
    });
    if (changes.length > 0) this.proposed = changes;
  }

  proposeSecrets(values: ReadonlyMap<string, string>): void {
    const changes = this.#rows([...values.keys()]).map((row) => ({
      row,
      value: values.get(row.key) ?? '',
    }));
    if (changes.length > 0) this.proposed = changes;
  }

  /** Opens the dialogue for what this backup would put back. */
  async proposeRestore(source: RestoreSource): Promise<void> {
    if (this.applying.running) return;
    this.restored = null;
    this.refused = null;
    this.notThisTerminal = null;
    const compared = await this.applying.run(() =>
      this.#client.start('restoreSettings', { ...this.#asked(source), compareOnly: true }),
    );
    if (compared === null) {
      const refused = this.applying.fault?.code === 'backup-other-terminal';
      this.notThisTerminal = refused ? source : null;
      return;
    }
    if (compared.changes.length > 0) {
      // The newest now; another may have been made when it is written.
      const known = source.fileId === undefined ? { backupId: compared.backupId } : {};
      this.restoring = { source: { ...source, ...known }, compared };
      return;
    }
    this.restored = compared;
    this.askAgain(compared, compared.reenter);
  }

  async restoreProposed(): Promise<void> {
    const proposed = this.restoring;
    this.restoring = null;
    if (proposed === null || this.applying.running) return;
    const asked = { ...this.#asked(proposed.source), caseId: this.#holder.caseId };
    await this.#finishRestore(() =>
      this.#client.start('restoreSettings', asked, (progress) => (this.progress = progress)),
    );
  }

  #asked({ keys, ...source }: RestoreSource) {
    return { terminalId: this.#terminalId, keys: keys === undefined ? null : [...keys], ...source };
  }

  async followRestore({ jobId, startedUtc }: Job): Promise<void> {
    await this.#finishRestore(() => {
      const running = this.#client.start('attachJob', { jobId }, (item) => {
        this.progress = item as Progress<'restoreSettings'>;
      });
      return { ...running, result: running.result as Promise<RestoreResult> };
    }, clock.at(startedUtc));
  }

  async #finishRestore(begin: () => Running<RestoreResult>, sinceMs?: number): Promise<void> {
    if (this.applying.running) return;
    this.progress = null;
    const result = await this.applying.run(begin, sinceMs);
    if (result !== null) {
      this.restored = result;
      this.last = result.correction;
      if (result.correction !== null) {
        this.outcome = { kind: 'correction', correction: result.correction };
      }
      this.#holder.caseId = result.caseId ?? this.#holder.caseId;
      this.askAgain(result, result.reenter);
    }
    await this.load();
  }

  async backUp(): Promise<void> {
    const asked = { terminalId: this.#terminalId, caseId: this.#holder.caseId };
    const made = await this.applying.run(() => this.#client.start('backupSettings', asked));
    if (made === null) return;
    this.outcome = { kind: 'backup' };
    await this.load();
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

  /** The last one, or any other by its id. `overwrite`: also what was changed since. */
  async undo(
    correctionId: string | null = this.last?.id ?? null,
    overwrite = false,
  ): Promise<void> {
    this.refused = null;
    this.notThisTerminal = null;
    const asked = { terminalId: this.#terminalId, correctionId, overwrite };
    await this.#finish(() => this.#client.start('undoCorrection', asked));
    if (this.applying.fault?.code === 'setting-changed-since') this.refused = correctionId;
  }

  /** Takes what was cut off for settled, without touching the terminal. */
  async leave(interruptedId: string): Promise<void> {
    await this.#finish(() => this.#client.start('leaveInterrupted', { interruptedId }));
  }

  async follow({ jobId, startedUtc }: Job): Promise<void> {
    await this.#finish(() => {
      const running = this.#client.start('attachJob', { jobId }, (item) => {
        this.progress = item as Progress<'applySettings'>;
      });
      return { ...running, result: running.result as Promise<Correction> };
    }, clock.at(startedUtc));
  }

  async #finish(begin: () => Running<Correction>, sinceMs?: number): Promise<void> {
    if (this.applying.running) return;
    this.progress = null;
    this.restored = null;
    const correction = await this.applying.run(begin, sinceMs);
    // However it ended: a password does not wait here for another attempt.
    for (const { key } of this.#rows([...this.edits.keys()]).filter(({ secret }) => secret)) {
      this.edits.delete(key);
    }
    if (correction !== null) {
      this.last = correction;
      this.outcome = { kind: 'correction', correction };
      for (const { key, secret, verified } of correction.changes) {
        if (secret && verified) this.reenter.delete(key);
      }
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
