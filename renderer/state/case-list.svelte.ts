/** The history as it is narrowed down: what is asked for, and the cases that fit, newest first. */
import type { CaseSummary } from '../../native-bridge/contract/case.ts';
import { flashVerdictSchema } from '../../native-bridge/contract/firmware.ts';
import type { Result } from '../../native-bridge/contract/requests.ts';
import type { BridgeClient } from './bridge-client.ts';
import { Task } from './task.svelte.ts';
import { startOfDayUtc } from './time.ts';

/** More than anybody looks through; what is beyond is found by narrowing down. */
const mostCases = 1000;

export class CaseList {
  text = $state('');
  /** `YYYY-MM-DD`; both ends belong to it. */
  sinceDay = $state('');
  untilDay = $state('');
  cause = $state('');
  flashVerdict = $state('');
  /** The row that the keyboard is at. */
  at = $state(0);
  cases = $state.raw<readonly CaseSummary[] | null>(null);
  total = $state(0);
  /** Ids of cases that can't be read any more. */
  damaged = $state.raw<readonly string[]>([]);
  values = $state.raw<Result<'listCaseValues'>>({ causes: [], flashVerdicts: [] });
  readonly listing = new Task();
  readonly valuing = new Task();
  readonly #client: BridgeClient;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  get isNarrowed(): boolean {
    const { text, sinceDay, untilDay, cause, flashVerdict } = this;
    return [text.trim(), sinceDay, untilDay, cause, flashVerdict].some((one) => one !== '');
  }

  clear(): void {
    this.text = this.sinceDay = this.untilDay = this.cause = this.flashVerdict = '';
    void this.load();
  }

  /** What is under way is given up for what is asked for now. */
  async load(): Promise<void> {
    const verdict = flashVerdictSchema.safeParse(this.flashVerdict);
    const asked = {
      text: this.text.trim() === '' ? null : this.text.trim().slice(0, 200),
      sinceUtc: startOfDayUtc(this.sinceDay, 0),
      untilUtc: startOfDayUtc(this.untilDay, 1),
      cause: this.cause === '' ? null : this.cause,
      flashVerdict: verdict.success ? verdict.data : null,
      limit: mostCases,
    };
    const list = await this.listing.restart(() => this.#client.start('listCases', asked));
    if (list === null) return;
    this.cases = list.cases;
    this.total = list.total;
    this.damaged = list.damaged;
    this.at = Math.min(this.at, Math.max(0, list.cases.length - 1));
  }

  async loadValues(): Promise<void> {
    const values = await this.valuing.run(() => this.#client.start('listCaseValues', {}));
    if (values !== null) this.values = values;
  }

  step(by: number): void {
    const last = (this.cases?.length ?? 0) - 1;
    this.at = Math.max(0, Math.min(last, this.at + by));
  }
}
