/** Past cases, newest first, and what is made of one: its report, ten lines of it, a bundle. */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { CaseSummary } from '../../native-bridge/contract/case.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { SaveAnswer } from '../host.d.ts';
import type { BridgeClient } from './bridge-client.ts';
import { copyText } from './copy.ts';
import { preferences } from './preferences.svelte.ts';
import { Task } from './task.svelte.ts';

const saidShownMs = 10_000;

export type Made = 'report' | 'summary' | 'bundle';

/** How it ended; `leftOut` only of a bundle. */
export type Outcome =
  | { readonly kind: 'saved'; readonly name: string; readonly leftOut: readonly string[] }
  | { readonly kind: 'copied' }
  | { readonly kind: 'not-copied' }
  | { readonly kind: 'not-saved'; readonly fault: Fault };

export class Records {
  cases = $state.raw<readonly CaseSummary[] | null>(null);
  /** Ids of cases that can't be read any more. */
  damaged = $state.raw<readonly string[]>([]);
  readonly listing = new Task();
  /** One at a time; `madeOf` says of which case, `making` what. */
  readonly reporting = new Task();
  madeOf = $state<string | null>(null);
  making = $state<Made>('report');
  outcome = $state.raw<Outcome | null>(null);
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  async list(): Promise<void> {
    const list = await this.listing.run(() => this.#client.start('listCases', {}));
    if (list === null) return;
    this.cases = list.cases;
    this.damaged = list.damaged;
  }

  async saveReport(caseId: string): Promise<void> {
    if (!this.#begin(caseId, 'report')) return;
    const asked = { caseId, format: 'html', locale: preferences.locale } as const;
    const report = await this.reporting.run(() => this.#client.start('makeReport', asked));
    if (report === null) return;
    await this.#save(report.suggestedName, [], () => window.posBench.saveText(report));
  }

  async copySummary(caseId: string): Promise<void> {
    if (!this.#begin(caseId, 'summary')) return;
    const asked = { caseId, format: 'summary', locale: preferences.locale } as const;
    const summary = await this.reporting.run(() => this.#client.start('makeReport', asked));
    if (summary === null) return;
    const copied = await copyText(summary.text);
    this.#say({ kind: copied ? 'copied' : 'not-copied' });
  }

  async saveBundle(caseId: string): Promise<void> {
    if (!this.#begin(caseId, 'bundle')) return;
    const bundle = await this.reporting.run(() => this.#client.start('makeBundle', { caseId }));
    if (bundle === null) return;
    const { suggestedName, bytes, manifest } = bundle;
    const leftOut = manifest.leftOut.map(({ what }) => what);
    await this.#save(suggestedName, leftOut, () =>
      window.posBench.saveBytes({ suggestedName, bytes }),
    );
  }

  #begin(caseId: string, what: Made): boolean {
    if (this.reporting.running) return false;
    this.madeOf = caseId;
    this.making = what;
    this.outcome = null;
    return true;
  }

  async #save(
    name: string,
    leftOut: readonly string[],
    ask: () => Promise<SaveAnswer>,
  ): Promise<void> {
    try {
      const answer = await ask();
      if ('fault' in answer) this.outcome = { kind: 'not-saved', fault: answer.fault };
      else if (answer.saved) this.#say({ kind: 'saved', name, leftOut });
    } catch (error) {
      this.outcome = { kind: 'not-saved', fault: faultOf(error) };
    }
  }

  /** Said for a while; what was made long ago may no longer tell all. */
  #say(outcome: Outcome): void {
    this.outcome = outcome;
    setTimeout(() => {
      if (this.outcome === outcome) this.outcome = null;
    }, saidShownMs);
  }
}
