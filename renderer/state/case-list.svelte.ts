/** The history as it is narrowed down: what is asked for, and the cases that fit, newest first. */
import type { CaseSummary } from '../../native-bridge/contract/case.ts';
import { flashVerdictSchema } from '../../native-bridge/contract/firmware.ts';
import type { Result } from '../../native-bridge/contract/requests.ts';
import type { BridgeClient } from './bridge-client.ts';
import { Task } from './task.svelte.ts';
import { startOfDayUtc } from './time.ts';

/** Read at once; the next are read when the end of these comes in sight. */
const pageCases = 200;
/** What the bridge lists at most in one answer. */
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
  /** There are older ones that fit. */
  hasMore = $state(false);
  /** Ids of cases that can't be read any more. */
  damaged = $state.raw<readonly string[]>([]);
  values = $state.raw<Result<'listCaseValues'>>({ causes: [], flashVerdicts: [] });
  readonly listing = new Task();
  /** The next page. */
  readonly paging = new Task();
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

  /** From the newest on. What is under way is given up for what is asked for now. */
  async load(): Promise<void> {
    this.at = 0;
    await this.#list(pageCases);
  }

  /** As many as are listed already: whoever looked at one comes back to where it stands. */
  async refresh(): Promise<void> {
    await this.#list(Math.min(mostCases, Math.max(pageCases, this.cases?.length ?? 0)));
  }

  /** Those that follow, once what is listed comes to its end. */
  async loadMore(): Promise<void> {
    const { cases } = this;
    const last = cases?.at(-1);
    if (cases === null || last === undefined || !this.hasMore || this.listing.running) return;
    const after = { id: last.id, openedUtc: last.openedUtc };
    const asked = { ...this.#filter(), limit: pageCases, after };
    const next = await this.paging.run(() => this.#client.start('listCases', asked));
    // Listed anew meanwhile: this is no more what follows.
    if (next === null || this.cases !== cases) return;
    this.cases = [...cases, ...next.cases];
    // A damaged one at the end of a page is met again on the next.
    const met = this.damaged;
    this.damaged = [...met, ...next.damaged.filter((id) => !met.includes(id))];
    this.total = next.total;
    this.hasMore = isFull(next, pageCases);
  }

  async #list(limit: number): Promise<void> {
    this.paging.stop();
    const asked = { ...this.#filter(), limit };
    const list = await this.listing.restart(() => this.#client.start('listCases', asked));
    if (list === null) return;
    this.cases = list.cases;
    this.total = list.total;
    this.damaged = list.damaged;
    this.hasMore = isFull(list, limit);
    this.at = Math.min(this.at, Math.max(0, list.cases.length - 1));
  }

  #filter() {
    const verdict = flashVerdictSchema.safeParse(this.flashVerdict);
    return {
      text: this.text.trim() === '' ? null : this.text.trim().slice(0, 200),
      sinceUtc: startOfDayUtc(this.sinceDay, 0),
      untilUtc: startOfDayUtc(this.untilDay, 1),
      cause: this.cause === '' ? null : this.cause,
      flashVerdict: verdict.success ? verdict.data : null,
    };
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

function isFull({ cases, damaged }: Result<'listCases'>, limit: number): boolean {
  return cases.length > 0 && cases.length + damaged.length >= limit;
}
