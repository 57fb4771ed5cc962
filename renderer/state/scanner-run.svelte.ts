/**
 * The loop test of one terminal's scanner: its codes, the code that is due, what was read so far, and
 * what came of it. What the technician says is about the code that was due when he said it.
 */
import { faultOf } from '../../native-bridge/contract/bridge-fault.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { Job } from '../../native-bridge/contract/job.ts';
import type { ParamsInput, Result } from '../../native-bridge/contract/requests.ts';
import {
  decodeTimeBins,
  type Carrier,
  type DrawnCode,
  type ScannerProgress,
  type ScannerTest,
} from '../../native-bridge/contract/scanner.ts';
import type { Locale } from '../../native-bridge/contract/common.ts';
import type { PosBenchHost } from '../host.d.ts';
import { clock } from './clock.svelte.ts';
import type { BridgeClient, Running } from './bridge-client.ts';
import type { CaseHolder } from './diagnosis-desk.ts';
import { Task } from './task.svelte.ts';

/** The page's window, by a name that a test without a page has, too. */
const host = globalThis as unknown as { readonly posBench: PosBenchHost };

export type ScannerState =
  'loading' | 'untestable' | 'empty' | 'running' | 'failed' | 'stopped' | 'done';

export class ScannerRun {
  codes = $state.raw<readonly DrawnCode[]>([]);
  /** null: not asked yet. */
  testable = $state<Result<'scannerCodes'>['testable'] | null>(null);
  carrier = $state<Carrier>('screen');
  progress = $state.raw<ScannerProgress | null>(null);
  finished = $state.raw<ScannerTest | null>(null);
  /** The code that a simulated scanner was found not to read. */
  notTaken = $state<number | null>(null);
  savedName = $state<string | null>(null);
  notSaved = $state.raw<Fault | null>(null);
  readonly loading = new Task();
  readonly task = new Task();
  readonly presenting = new Task();
  readonly #client: BridgeClient;
  readonly #terminalId: string;
  readonly #holder: CaseHolder;

  constructor(client: BridgeClient, terminalId: string, holder: CaseHolder) {
    this.#client = client;
    this.#terminalId = terminalId;
    this.#holder = holder;
  }

  get state(): ScannerState {
    if (this.task.running) return 'running';
    if (this.testable === null) return 'loading';
    if (this.testable !== 'yes') return 'untestable';
    if (this.task.fault !== null) return 'failed';
    if (this.finished !== null) return 'done';
    return this.progress === null ? 'empty' : 'stopped';
  }

  get due(): DrawnCode | null {
    const number = this.progress?.due?.number;
    return this.codes.find((code) => code.number === number) ?? null;
  }

  get bins() {
    const times = this.progress?.rows.flatMap(({ decodeMs }) => decodeMs ?? []) ?? [];
    return decodeTimeBins(times);
  }

  count(outcome: 'read' | 'missed'): number {
    return this.progress?.rows.filter((row) => row.outcome === outcome).length ?? 0;
  }

  async load(): Promise<void> {
    const terminalId = this.#terminalId;
    const found = await this.loading.run(() => this.#client.start('scannerCodes', { terminalId }));
    if (found === null) return;
    this.codes = found.codes;
    this.testable = found.testable;
  }

  async start(): Promise<void> {
    const { carrier } = this;
    const { caseId } = this.#holder;
    await this.#take((onProgress) =>
      this.#client.start(
        'testScanner',
        { terminalId: this.#terminalId, caseId, carrier },
        onProgress,
      ),
    );
  }

  /** Follows a test that was started before this window's line was replaced. */
  async follow({ jobId, startedUtc }: Job): Promise<void> {
    await this.#take(
      (onProgress) => this.#client.follow<'testScanner'>(jobId, onProgress),
      clock.at(startedUtc),
    );
  }

  answer(answer: ParamsInput<'answerScannerTest'>['answer']): void {
    const number = this.progress?.due?.number;
    if (number === undefined) return;
    const said = { terminalId: this.#terminalId, number, answer };
    // One that comes too late says nothing.
    this.#client.start('answerScannerTest', said).result.catch(() => undefined);
  }

  /** Holds the code that is due before the simulated scanner at this address. */
  async present(portUrl: string): Promise<void> {
    const { due } = this;
    if (due === null) return;
    const { text, level, sizeMm, contrastPercent, damagePercent, rotatedDegrees, inverted } = due;
    const lit = this.progress?.carrier !== 'paper';
    const how = { sizeMm, contrastPercent, damagePercent, rotatedDegrees, inverted, lit };
    const held = await this.presenting.run(() =>
      this.#client.start('presentTrainingCode', { portUrl, code: { text, level, ...how } }),
    );
    if (held?.decodeMs === null) this.notTaken = due.number;
  }

  async savePage(locale: Locale): Promise<void> {
    this.savedName = null;
    this.notSaved = null;
    try {
      const page = await this.#client.start('scannerPage', { locale }).result;
      const answer = await host.posBench.saveText(page);
      if ('fault' in answer) this.notSaved = answer.fault;
      else if (answer.saved) this.savedName = page.suggestedName;
    } catch (error) {
      this.notSaved = faultOf(error);
    }
  }

  async #take(
    begin: (onProgress: (progress: ScannerProgress) => void) => Running<ScannerTest>,
    sinceMs?: number,
  ): Promise<void> {
    if (this.task.running) return;
    this.progress = null;
    this.finished = null;
    this.notTaken = null;
    const take = (progress: ScannerProgress): void => {
      this.progress = progress;
      this.carrier = progress.carrier;
    };
    const test = await this.task.run(() => begin(take), sinceMs);
    if (test === null) return;
    this.finished = test;
    this.#holder.caseId = test.caseId;
  }
}
