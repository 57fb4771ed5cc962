/** Past cases, newest first, and the report of one. */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { CaseSummary } from '../../native-bridge/contract/case.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { BridgeClient } from './bridge-client.ts';
import { preferences } from './preferences.svelte.ts';
import { Task } from './task.svelte.ts';

const savedShownMs = 10_000;

export class Records {
  cases = $state.raw<readonly CaseSummary[] | null>(null);
  readonly listing = new Task();
  /** One report at a time; `reportOf` says of which case. */
  readonly reporting = new Task();
  reportOf = $state<string | null>(null);
  savedName = $state<string | null>(null);
  /** Why the file was not written. */
  notSaved = $state.raw<Fault | null>(null);
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  async list(): Promise<void> {
    const list = await this.listing.run(() => this.#client.start('listCases', {}));
    if (list !== null) this.cases = list.cases;
  }

  /** Said for a while; a report saved long ago may no longer tell all. */
  #saved(name: string): void {
    this.savedName = name;
    setTimeout(() => {
      if (this.savedName === name) this.savedName = null;
    }, savedShownMs);
  }

  async saveReport(caseId: string): Promise<void> {
    if (this.reporting.running) return;
    this.reportOf = caseId;
    this.savedName = null;
    this.notSaved = null;
    const report = await this.reporting.run(() =>
      this.#client.start('makeReport', { caseId, format: 'html', locale: preferences.locale }),
    );
    if (report === null) return;
    try {
      const answer = await window.posBench.saveText(report);
      if ('fault' in answer) this.notSaved = answer.fault;
      else if (answer.saved) this.#saved(report.suggestedName);
    } catch (error) {
      this.notSaved = faultOf(error);
    }
  }
}
