/** What is made of a case: its report, ten lines of it, a bundle. */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { Locale } from '../../native-bridge/contract/common.ts';
import type { SaveAnswer } from '../host.d.ts';
import type { BridgeClient } from './bridge-client.ts';
import { copyText } from './copy.ts';
import { hasFailed, type Made, type Outcome } from './made.ts';
import { preferences } from './preferences.svelte.ts';
import { Task } from './task.svelte.ts';

const saidShownMs = 10_000;

export interface ReportOptions {
  readonly format?: 'html' | 'pdf' | 'json';
  readonly locale?: Locale;
  readonly sign?: boolean;
}

export class Records {
  /** The host prints, or its dialogue is open. */
  printing = $state(false);
  /** One at a time; `madeOf` says of which case, `making` what. */
  readonly reporting = new Task();
  madeOf = $state<string | null>(null);
  making = $state<Made>('report');
  outcome = $state.raw<Outcome | null>(null);
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  /** `sign`: with the shop's key, where it has one. */
  async saveReport(caseId: string, options: ReportOptions = {}): Promise<void> {
    if (!this.#begin(caseId, 'report')) return;
    const { format = 'html', locale = preferences.locale } = options;
    const sign = options.sign ?? (await this.#signs());
    const made = format === 'json' ? 'json' : 'html';
    const asked = { caseId, format: made, locale } as const;
    const report = await this.reporting.run(() => this.#client.start('makeReport', asked));
    if (report === null) return;
    const { text, suggestedName } = report;
    if (format !== 'pdf') {
      await this.#save(suggestedName, [], () => window.posBench.saveText({ ...report, sign }));
      return;
    }
    const file = { suggestedName: suggestedName.replace(/\.html$/, '.pdf'), html: text, sign };
    this.printing = true;
    await this.#save(file.suggestedName, [], () => window.posBench.savePdf(file));
    this.printing = false;
  }

  async copySummary(caseId: string, locale: Locale = preferences.locale): Promise<void> {
    if (!this.#begin(caseId, 'summary')) return;
    const asked = { caseId, format: 'summary', locale } as const;
    const summary = await this.reporting.run(() => this.#client.start('makeReport', asked));
    if (summary === null) return;
    const copied = await copyText(summary.text);
    this.#say({ kind: copied ? 'copied' : 'not-copied' });
  }

  async saveBundle(caseId: string, wanted?: boolean): Promise<void> {
    if (!this.#begin(caseId, 'bundle')) return;
    const sign = wanted ?? (await this.#signs());
    const bundle = await this.reporting.run(() => this.#client.start('makeBundle', { caseId }));
    if (bundle === null) return;
    const { suggestedName, bytes, manifest } = bundle;
    const leftOut = manifest.leftOut.map(({ what }) => what);
    await this.#save(suggestedName, leftOut, () =>
      window.posBench.saveBytes({ suggestedName, bytes, sign }),
    );
  }

  get busy(): boolean {
    return this.reporting.running || this.printing;
  }

  /** It stays until it is put aside. */
  get mustBeRead(): boolean {
    return hasFailed(this.outcome);
  }

  putAside(): void {
    this.outcome = null;
  }

  /** As the shop has it; without a key there is nothing to sign with. */
  async #signs(): Promise<boolean> {
    try {
      return (await this.#client.call('readShop', {})).signs;
    } catch {
      return false;
    }
  }

  #begin(caseId: string, what: Made): boolean {
    if (this.busy) return false;
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
      else if (answer.saved) {
        const { file = name, signedAs = null, unsigned = null } = answer;
        this.#say({ kind: 'saved', name: file, leftOut, signedAs, unsigned });
      }
    } catch (error) {
      this.outcome = { kind: 'not-saved', fault: faultOf(error) };
    }
  }

  /** Said for a while, since what was made long ago may no longer tell all; what failed until it is read. */
  #say(outcome: Outcome): void {
    this.outcome = outcome;
    if (hasFailed(outcome)) return;
    setTimeout(() => {
      if (this.outcome === outcome) this.outcome = null;
    }, saidShownMs);
  }
}
