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
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { Job } from '../../native-bridge/contract/job.ts';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { clock } from './clock.svelte.ts';
import type { BridgeClient, Running } from './bridge-client.ts';
import type { CaseHolder } from './diagnosis-desk.ts';
import {
  type ProposedChange,
  type ProposedRestore,
  type RestoreSource,
  type SettingsOutcome,
} from './proposed-changes.ts';
import { settingsAbout } from './setting-search.ts';
import { Task } from './task.svelte.ts';
import { isChange, takenOf } from './typed-settings.ts';
import { Undo } from './undo.svelte.ts';

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
  /** Why a correction that was asked for has nothing to write. */
  nothingLeft = $state<'same' | 'unread' | null>(null);
  onlyDifferences = $state(false);
  /** Typed words; empty: all are shown. */
  search = $state('');
  /** Secrets that may be lost: to be entered again where they no longer work. */
  readonly reenter = new SvelteSet<string>();
  /** Of those what is typed, by setting key. */
  readonly secrets = new SvelteMap<string, string>();
  progress = $state.raw<Progress<'applySettings'> | null>(null);
  /** New values typed by the technician, by setting key. */
  readonly edits = new SvelteMap<string, string>();
  /** What the last work here came to: new with every one that ended. */
  outcome = $state.raw<SettingsOutcome | null>(null);
  readonly reading = new Task();
  readonly applying = new Task();
  readonly undo: Undo;
  readonly #client: BridgeClient;
  readonly #terminalId: string;
  readonly #holder: CaseHolder;
  #askedBy: object | null = null;

  constructor(client: BridgeClient, terminalId: string, holder: CaseHolder) {
    this.#client = client;
    this.#terminalId = terminalId;
    this.#holder = holder;
    this.undo = new Undo((correctionId, overwrite) => this.#undo(correctionId, overwrite));
  }

  /** What has to be set on the terminal itself is not among them. */
  get differing(): readonly SettingRow[] {
    return this.#rows().filter(
      ({ differs, expected, byHand }) => differs && expected !== null && byHand == null,
    );
  }

  /** Could not be read: nobody knows what they are. */
  get unread(): readonly SettingRow[] {
    return this.#rows().filter(({ failure }) => failure !== null);
  }

  /** Of differences alone also what could not be read, and with a backup what was otherwise then. */
  get shown(): readonly SettingRow[] {
    const rows = settingsAbout(this.#rows(), this.search);
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
    this.nothingLeft = null;
    await this.reading.refresh(
      () => this.#client.start('readSettings', { terminalId: this.#terminalId }),
      (table) => (this.table = table),
    );
  }

  /** As `load`, where somebody looks: what is being read or written is read at its end anyway. */
  async look(): Promise<void> {
    if (!this.reading.running && !this.applying.running) await this.load();
  }

  /**
   * As `proposeExpected`, after reading what the terminal has now: it may have been corrected since
   * the table was read, or since the finding that asks for it.
   */
  async correct(keys: readonly string[] | null = null): Promise<void> {
    const before = this.table;
    await this.load();
    if (this.table === before || this.proposeExpected(keys)) return;
    this.nothingLeft = this.#rows(keys).some(({ failure }) => failure !== null) ? 'unread' : 'same';
  }

  /**
   * Opens the dialogue for these keys with their expected values; all that differ where none is
   * named. False where there is nothing to change.
   */
  proposeExpected(keys: readonly string[] | null = null): boolean {
    const rows = keys === null ? this.differing : this.#rows(keys);
    return this.#propose(rows, ({ differs, expected }) => (differs ? expected : null));
  }

  /** What is typed and would change something. */
  get edited(): readonly string[] {
    return this.#rows([...this.edits.keys()])
      .filter((row) => isChange(row, this.edits.get(row.key) ?? ''))
      .map(({ key }) => key);
  }

  proposeEdits(): void {
    this.#propose(this.#rows(this.edited), ({ key }) => this.edits.get(key));
  }

  proposeSecrets(values: ReadonlyMap<string, string>): void {
    this.#propose(this.#rows([...values.keys()]), ({ key }) => values.get(key));
  }

  /** Opens the dialogue for those that get a new value; false where none does. */
  #propose(
    rows: readonly SettingRow[],
    valueOf: (row: SettingRow) => string | null | undefined,
  ): boolean {
    const changes = rows.flatMap((row) => {
      const value = valueOf(row) ?? null;
      return value === null ? [] : [{ row, value }];
    });
    if (changes.length > 0) this.proposed = changes;
    return changes.length > 0;
  }

  /** Opens the dialogue for what this backup would put back. */
  async proposeRestore(source: RestoreSource): Promise<void> {
    if (this.applying.running) return;
    this.restored = null;
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
    if (this.applying.running) return;
    const proposed = this.restoring;
    this.restoring = null;
    if (proposed === null) return;
    const asked = { ...this.#asked(proposed.source), caseId: this.#holder.caseId };
    await this.#finishRestore(() =>
      this.#client.start('restoreSettings', asked, (progress) => (this.progress = progress)),
    );
  }

  #asked({ keys, ...source }: RestoreSource) {
    return { terminalId: this.#terminalId, keys: keys === undefined ? null : [...keys], ...source };
  }

  async followRestore({ jobId, startedUtc }: Job): Promise<void> {
    await this.#finishRestore(
      () => this.#client.follow<'restoreSettings'>(jobId, (item) => (this.progress = item)),
      clock.at(startedUtc),
    );
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
    const changes = this.proposed?.map(({ row, value }) => ({ key: row.key, value }));
    this.proposed = null;
    if (changes === undefined) return;
    const params = { terminalId: this.#terminalId, caseId: this.#holder.caseId, changes };
    await this.#finish(
      () => this.#client.start('applySettings', params, (progress) => (this.progress = progress)),
      { asked: changes },
    );
  }

  /** Why it failed; null: it did not. */
  async #undo(correctionId: string, overwrite: boolean): Promise<Fault | null> {
    const asked = { terminalId: this.#terminalId, correctionId, overwrite };
    await this.#finish(() => this.#client.start('undoCorrection', asked));
    return this.applying.fault;
  }

  /** Takes what was cut off for settled, without touching the terminal. */
  async leave(interruptedId: string): Promise<void> {
    await this.#finish(() => this.#client.start('leaveInterrupted', { interruptedId }));
  }

  async follow({ jobId, startedUtc }: Job): Promise<void> {
    await this.#finish(
      () => this.#client.follow<'applySettings'>(jobId, (item) => (this.progress = item)),
      { sinceMs: clock.at(startedUtc) },
    );
  }

  async #finish(
    begin: () => Running<Correction>,
    { asked = [], sinceMs }: { asked?: readonly SettingChange[]; sinceMs?: number } = {},
  ): Promise<void> {
    if (this.applying.running) return;
    this.progress = null;
    this.restored = null;
    this.notThisTerminal = null;
    const correction = await this.applying.run(begin, sinceMs);
    // However it ended: a password does not wait here for another attempt.
    this.secrets.clear();
    for (const { key } of this.#rows([...this.edits.keys()]).filter(({ secret }) => secret)) {
      this.edits.delete(key);
    }
    if (correction !== null) {
      this.last = correction;
      this.outcome = { kind: 'correction', correction };
      for (const { key, secret, verified } of correction.changes) {
        if (secret && verified) this.reenter.delete(key);
      }
      for (const { key, value } of takenOf(correction, asked)) {
        if (this.edits.get(key) === value) this.edits.delete(key);
      }
      this.#holder.caseId = correction.caseId;
    }
    // What stands in the table must be what the terminal says, also after a failure.
    await this.load();
  }

  /** Those of these keys; all where none is named. */
  #rows(keys: readonly string[] | null = null): readonly SettingRow[] {
    const rows = this.table?.rows ?? [];
    return keys === null ? rows : rows.filter(({ key }) => keys.includes(key));
  }
}
