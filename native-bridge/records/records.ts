/**
 * Opens the records: starts the worker thread and speaks with it. Every call has a deadline; a
 * worker that is gone or silent is `records-busy` or `internal`, never an endless wait.
 */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { RecordsError } from './errors.ts';
import type { OpenOptions, Ownership, Records } from './types.ts';
import { WorkerCalls } from './worker-calls.ts';

export { RecordsError } from './errors.ts';
export type * from './types.ts';

const defaultTimeoutMs = 15_000;

/**
 * Throws RecordsError `data-folder-unwritable`, `disk-full`, `records-newer`, `records-damaged`,
 * `records-busy`, `cancelled`.
 */
export async function openRecords(options: OpenOptions): Promise<Records> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const program = options.program ?? 'pos-bench';
  const dataFolder = resolve(options.dataFolder);
  const calls = new WorkerCalls(
    // SQLite gives up before the caller does, so that the caller learns what it was.
    { dataFolder, program, busyTimeoutMs: Math.max(100, Math.floor(timeoutMs * 0.6)) },
    timeoutMs,
  );
  await calls.opened(options.signal);
  return new WorkerRecords(dataFolder, program, calls);
}

class WorkerRecords implements Records {
  readonly dataFolder: string;
  readonly #program: string;
  readonly #calls: WorkerCalls;

  constructor(dataFolder: string, program: string, calls: WorkerCalls) {
    this.dataFolder = dataFolder;
    this.#program = program;
    this.#calls = calls;
  }

  readonly upsertTerminal: Records['upsertTerminal'] = (...args) =>
    this.#calls.call('upsertTerminal', ...args);
  readonly terminalIdOf: Records['terminalIdOf'] = (...args) =>
    this.#calls.call('terminalIdOf', ...args);
  readonly terminalNumbered: Records['terminalNumbered'] = (...args) =>
    this.#calls.call('terminalNumbered', ...args);
  readonly terminalHolding: Records['terminalHolding'] = (...args) =>
    this.#calls.call('terminalHolding', ...args);
  readonly noteIdentity: Records['noteIdentity'] = (...args) =>
    this.#calls.call('noteIdentity', ...args);
  readonly nameTerminal: Records['nameTerminal'] = (...args) =>
    this.#calls.call('nameTerminal', ...args);
  readonly openCase: Records['openCase'] = (...args) => this.#calls.call('openCase', ...args);
  readonly currentCase: Records['currentCase'] = (...args) =>
    this.#calls.call('currentCase', ...args);
  readonly appendEvent: Records['appendEvent'] = (...args) =>
    this.#calls.call('appendEvent', ...args);
  readonly noteRecording: Records['noteRecording'] = (...args) =>
    this.#calls.call('noteRecording', ...args);
  readonly closeCase: Records['closeCase'] = (...args) => this.#calls.call('closeCase', ...args);
  readonly listCases: Records['listCases'] = (...args) => this.#calls.call('listCases', ...args);
  readonly listDamagedCases: Records['listDamagedCases'] = (...args) =>
    this.#calls.call('listDamagedCases', ...args);
  readonly countCases: Records['countCases'] = (...args) => this.#calls.call('countCases', ...args);
  readonly caseValues: Records['caseValues'] = () => this.#calls.call('caseValues');
  readonly signCase: Records['signCase'] = (...args) => this.#calls.call('signCase', ...args);
  readonly contentSha256: Records['contentSha256'] = (...args) =>
    this.#calls.call('contentSha256', ...args);
  readonly signedState: Records['signedState'] = (...args) =>
    this.#calls.call('signedState', ...args);
  readonly getCase: Records['getCase'] = (...args) => this.#calls.call('getCase', ...args);
  readonly earlierReadings: Records['earlierReadings'] = (...args) =>
    this.#calls.call('earlierReadings', ...args);
  readonly saveCorrection: Records['saveCorrection'] = (...args) =>
    this.#calls.call('saveCorrection', ...args);
  readonly getCorrection: Records['getCorrection'] = (...args) =>
    this.#calls.call('getCorrection', ...args);
  readonly latestUndoableCorrection: Records['latestUndoableCorrection'] = (...args) =>
    this.#calls.call('latestUndoableCorrection', ...args);
  readonly listCorrections: Records['listCorrections'] = (...args) =>
    this.#calls.call('listCorrections', ...args);
  readonly markUndone: Records['markUndone'] = (...args) => this.#calls.call('markUndone', ...args);
  readonly endCorrection: Records['endCorrection'] = (...args) =>
    this.#calls.call('endCorrection', ...args);
  readonly saveBackup: Records['saveBackup'] = (...args) => this.#calls.call('saveBackup', ...args);
  readonly getBackup: Records['getBackup'] = (...args) => this.#calls.call('getBackup', ...args);
  readonly listBackups: Records['listBackups'] = (...args) =>
    this.#calls.call('listBackups', ...args);
  readonly journalBegin: Records['journalBegin'] = (...args) =>
    this.#calls.call('journalBegin', ...args);
  readonly journalPhase: Records['journalPhase'] = (...args) =>
    this.#calls.call('journalPhase', ...args);
  readonly journalEnd: Records['journalEnd'] = (...args) => this.#calls.call('journalEnd', ...args);
  readonly listInterrupted: Records['listInterrupted'] = () => this.#calls.call('listInterrupted');
  readonly journalOf: Records['journalOf'] = (...args) => this.#calls.call('journalOf', ...args);
  readonly lookAtErasure: Records['lookAtErasure'] = (...args) =>
    this.#calls.call('lookAtErasure', ...args);
  readonly erase: Records['erase'] = (...args) => this.#calls.call('erase', ...args);
  readonly getPreference: Records['getPreference'] = (...args) =>
    this.#calls.call('getPreference', ...args);
  readonly setPreference: Records['setPreference'] = (...args) =>
    this.#calls.call('setPreference', ...args);
  readonly swapPreference: Records['swapPreference'] = (...args) =>
    this.#calls.call('swapPreference', ...args);
  readonly close: Records['close'] = () => this.#calls.close();

  readonly acquire: Records['acquire'] = async (name, options): Promise<Ownership> => {
    const token = randomUUID();
    const release = () => this.#calls.call('releaseLock', token).catch(ignoreClosed);
    try {
      await this.#calls.call('acquireLock', token, name, options?.program ?? this.#program);
    } catch (error) {
      // It may still be taken after its caller gave up: given back in its turn.
      release().catch(() => undefined);
      throw error;
    }
    let released: Promise<void> | null = null;
    return { name, release: () => (released ??= release()) };
  };
}

/** The end of the records ended the lock already. */
function ignoreClosed(error: unknown): void {
  if (error instanceof RecordsError && error.code === 'internal') return;
  throw error;
}
