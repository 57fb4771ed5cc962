/** What was changed on one terminal at every visit, and the backups of its settings. */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { Result } from '../../native-bridge/contract/requests.ts';
import type { PosBenchHost } from '../host.d.ts';
import type { BridgeClient } from './bridge-client.ts';
import { isUndoableChange } from './proposed-changes.ts';
import { Task } from './task.svelte.ts';

/** The page's window, by a name that a test without a page has, too. */
const page = globalThis as unknown as { readonly posBench: PosBenchHost };

export type KeptCorrection = Result<'listCorrections'>['corrections'][number];
type Backups = Result<'listBackups'>['backups'];

export class SettingsHistory {
  corrections = $state.raw<readonly KeptCorrection[]>([]);
  backups = $state.raw<Backups>([]);
  /** Folded out. */
  open = $state(false);
  readonly listing = new Task();
  readonly saving = new Task();
  readonly #client: BridgeClient;
  readonly #terminalId: string;

  constructor(client: BridgeClient, terminalId: string) {
    this.#client = client;
    this.#terminalId = terminalId;
  }

  async load(): Promise<void> {
    const asked = { terminalId: this.#terminalId };
    await this.listing.refresh(
      () => {
        const corrections = this.#client.start('listCorrections', asked);
        const backups = this.#client.start('listBackups', asked);
        return {
          result: Promise.all([corrections.result, backups.result]),
          cancel: () => {
            corrections.cancel();
            backups.cancel();
          },
        };
      },
      ([{ corrections }, { backups }]) => {
        this.corrections = corrections;
        this.backups = backups;
      },
    );
  }

  /** Writes it where the technician chooses; `saving.fault` where it could not be. */
  async save(backupId: string): Promise<void> {
    const file = await this.saving.run(() => this.#client.start('exportBackup', { backupId }));
    if (file === null) return;
    const { suggestedName, text } = file;
    try {
      const answer = await page.posBench.saveText({ suggestedName, text });
      if ('fault' in answer) this.saving.fault = answer.fault;
    } catch (error) {
      this.saving.fault = faultOf(error);
    }
  }
}

export const isUndoable = ({ outcome, undoneUtc, changes }: KeptCorrection): boolean =>
  undoneUtc === null &&
  (outcome === 'applied' || outcome === 'partly-applied') &&
  changes.some(isUndoableChange);
