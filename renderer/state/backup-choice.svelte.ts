/**
 * Backups to restore from: this terminal's own, and those of other terminals of the same profile
 * that the records know, since a replacement is given what the old one had.
 */
import type { BackupSummary } from '../../native-bridge/contract/backup.ts';
import type { CaseSummary } from '../../native-bridge/contract/case.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import type { BridgeClient } from './bridge-client.ts';
import { Task } from './task.svelte.ts';

export interface BackupOf {
  readonly backup: BackupSummary;
  /** The other terminal's last case; null: it is of this terminal. */
  readonly other: CaseSummary | null;
}

const casesLookedAt = 500;
const otherTerminals = 24;
const shownEach = 3;

export class BackupChoice {
  /** null: not open. */
  list = $state.raw<readonly BackupOf[] | null>(null);
  open = $state(false);
  readonly listing = new Task();
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  async show(terminal: Terminal): Promise<void> {
    this.open = true;
    this.list = null;
    this.list = await this.listing.restart(() => ({
      result: this.#find(terminal),
      cancel: () => undefined,
    }));
  }

  close(): void {
    this.open = false;
  }

  async #find({ id, profile }: Terminal): Promise<BackupOf[]> {
    const { cases } = await this.#client.call('listCases', { limit: casesLookedAt });
    const others = cases.filter(
      (one, index): one is CaseSummary & { terminalId: string } =>
        one.terminalId !== null &&
        one.terminalId !== id &&
        one.profile === profile &&
        cases.findIndex(({ terminalId }) => terminalId === one.terminalId) === index,
    );
    const of = async (terminalId: string, other: CaseSummary | null): Promise<BackupOf[]> => {
      const { backups } = await this.#client.call('listBackups', { terminalId });
      return backups.slice(0, shownEach).map((backup) => ({ backup, other }));
    };
    const found = await Promise.all([
      of(id, null),
      ...others.slice(0, otherTerminals).map((other) => of(other.terminalId, other)),
    ]);
    return found.flat();
  }
}
