/** Undoing a correction: what it would put back is shown first, and nothing is written before that. */
import type { Correction, SettingsTable } from '../../native-bridge/contract/correction.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import { changesOfUndo, type ProposedUndo } from './proposed-changes.ts';

/** Undoes it by its id; resolves with why it failed. */
type Write = (id: string, overwrite: boolean) => Promise<Fault | null>;

export class Undo {
  /** What the open dialogue would undo; null: no dialogue. */
  proposed = $state.raw<ProposedUndo | null>(null);
  /** Refused because a setting was changed since; no correction where only its id is known. */
  refused = $state.raw<{ readonly id: string; readonly correction: Correction | null } | null>(
    null,
  );
  readonly #write: Write;

  constructor(write: Write) {
    this.#write = write;
  }

  /** Opens the dialogue. `overwrite`: also what was changed since. */
  propose(correction: Correction, table: SettingsTable | null, overwrite = false): void {
    this.proposed = { correction, overwrite, changes: changesOfUndo(correction, table) };
  }

  async confirm(): Promise<void> {
    const { proposed } = this;
    this.proposed = null;
    if (proposed === null) return;
    const { correction, overwrite } = proposed;
    await this.#undo(correction.id, correction, overwrite);
  }

  /** What was cut off and waits: the window knows no more of it than its id. */
  async interrupted(id: string, overwrite = false): Promise<void> {
    await this.#undo(id, null, overwrite);
  }

  async #undo(id: string, correction: Correction | null, overwrite: boolean): Promise<void> {
    this.refused = null;
    const fault = await this.#write(id, overwrite);
    this.refused = fault?.code === 'setting-changed-since' ? { id, correction } : null;
  }
}
