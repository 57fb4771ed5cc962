/**
 * Opens the records: starts the worker thread and speaks with it. Every call has a deadline; a
 * worker that is gone or silent is `records-busy` or `internal`, never an endless wait.
 */
import { Worker } from 'node:worker_threads';
import { resolve } from 'node:path';
import { RecordsError } from './errors.ts';
import type { OpenOptions, Ownership, Records } from './types.ts';
import { workerEntry } from './worker-entry.ts';
import type { WorkerMethods } from './worker-methods.ts';
import type { WorkerOptions, WorkerReply } from './worker-messages.ts';

export { RecordsError, type RecordsErrorCode } from './errors.ts';
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

interface Pending {
  resolve(value: unknown): void;
  reject(error: RecordsError): void;
}

/** Requests by number over the worker's port. */
class WorkerCalls {
  readonly #worker: Worker;
  readonly #timeoutMs: number;
  readonly #dataFolder: string;
  readonly #pending = new Map<number, Pending>();
  readonly #exited: Promise<void>;
  #opening: Promise<unknown>;
  #nextId = 1;
  #gone: RecordsError | null = null;

  constructor(workerData: WorkerOptions, timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#dataFolder = workerData.dataFolder;
    this.#worker = new Worker(workerEntry(), { workerData, name: 'records' });
    this.#worker.on('message', (reply: WorkerReply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#exited = new Promise((done) => {
      this.#worker.once('exit', () => {
        this.#fail(null);
        done();
      });
    });
    this.#opening = this.#wait(0);
  }

  async opened(signal: AbortSignal | undefined): Promise<void> {
    const cancel = () => this.#pending.get(0)?.reject(new RecordsError('cancelled', {}));
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      if (signal?.aborted === true) cancel();
      await this.#opening;
    } catch (error) {
      await this.#worker.terminate();
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  async call<M extends keyof WorkerMethods>(
    method: M,
    ...args: Parameters<WorkerMethods[M]>
  ): Promise<Awaited<ReturnType<WorkerMethods[M]>>> {
    if (this.#gone !== null) throw this.#gone;
    const id = this.#nextId++;
    const answer = this.#wait(id);
    this.#worker.postMessage({ id, method, args });
    return (await answer) as Awaited<ReturnType<WorkerMethods[M]>>;
  }

  /** Lets the worker finish what was asked, then waits for its end. */
  async close(): Promise<void> {
    if (this.#gone === null) {
      const closing = this.call('close');
      this.#gone = new RecordsError('internal', { detail: 'records are closed' });
      await closing.catch(() => this.#worker.terminate());
    }
    await this.#exited;
  }

  #wait(id: number): Promise<unknown> {
    return new Promise((resolveWait, rejectWait) => {
      const settle = () => {
        clearTimeout(deadline);
        this.#pending.delete(id);
      };
      const deadline = setTimeout(() => {
        settle();
        rejectWait(new RecordsError('records-busy', { file: this.#dataFolder }));
      }, this.#timeoutMs);
      this.#pending.set(id, {
        resolve: (value) => {
          settle();
          resolveWait(value);
        },
        reject: (error) => {
          settle();
          rejectWait(error);
        },
      });
    });
  }

  #settle(reply: WorkerReply): void {
    const pending = this.#pending.get(reply.id);
    if (reply.ok) {
      pending?.resolve(reply.value);
    } else {
      const { code, facts, trace } = reply.failure;
      pending?.reject(new RecordsError(code, facts, { cause: causeChain(trace.slice(1)) }));
    }
  }

  #fail(error: unknown): void {
    const detail = error instanceof Error ? error.message : 'the records thread ended';
    this.#gone ??= new RecordsError('internal', { detail }, { cause: error });
    for (const pending of [...this.#pending.values()]) pending.reject(this.#gone);
  }
}

/** Errors lose their causes on the way between threads; their messages come as a list. */
function causeChain(trace: readonly string[]): Error | undefined {
  const [message, ...rest] = trace;
  return message === undefined ? undefined : new Error(message, { cause: causeChain(rest) });
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
  readonly noteIdentity: Records['noteIdentity'] = (...args) =>
    this.#calls.call('noteIdentity', ...args);
  readonly nameTerminal: Records['nameTerminal'] = (...args) =>
    this.#calls.call('nameTerminal', ...args);
  readonly openCase: Records['openCase'] = (...args) => this.#calls.call('openCase', ...args);
  readonly currentCase: Records['currentCase'] = (...args) =>
    this.#calls.call('currentCase', ...args);
  readonly appendEvent: Records['appendEvent'] = (...args) =>
    this.#calls.call('appendEvent', ...args);
  readonly closeCase: Records['closeCase'] = (...args) => this.#calls.call('closeCase', ...args);
  readonly listCases: Records['listCases'] = (...args) => this.#calls.call('listCases', ...args);
  readonly getCase: Records['getCase'] = (...args) => this.#calls.call('getCase', ...args);
  readonly saveCorrection: Records['saveCorrection'] = (...args) =>
    this.#calls.call('saveCorrection', ...args);
  readonly getCorrection: Records['getCorrection'] = (...args) =>
    this.#calls.call('getCorrection', ...args);
  readonly latestUndoableCorrection: Records['latestUndoableCorrection'] = (...args) =>
    this.#calls.call('latestUndoableCorrection', ...args);
  readonly markUndone: Records['markUndone'] = (...args) => this.#calls.call('markUndone', ...args);
  readonly journalBegin: Records['journalBegin'] = (...args) =>
    this.#calls.call('journalBegin', ...args);
  readonly journalPhase: Records['journalPhase'] = (...args) =>
    this.#calls.call('journalPhase', ...args);
  readonly journalEnd: Records['journalEnd'] = (...args) => this.#calls.call('journalEnd', ...args);
  readonly listInterrupted: Records['listInterrupted'] = () => this.#calls.call('listInterrupted');
  readonly getPreference: Records['getPreference'] = (...args) =>
    this.#calls.call('getPreference', ...args);
  readonly setPreference: Records['setPreference'] = (...args) =>
    this.#calls.call('setPreference', ...args);
  readonly close: Records['close'] = () => this.#calls.close();

  readonly acquire: Records['acquire'] = async (name, options): Promise<Ownership> => {
    await this.#calls.call('acquireLock', name, options?.program ?? this.#program);
    let released: Promise<void> | null = null;
    return {
      name,
      release: () => (released ??= this.#calls.call('releaseLock', name).catch(ignoreClosed)),
    };
  };
}

/** The end of the records ended the lock already. */
function ignoreClosed(error: unknown): void {
  if (error instanceof RecordsError && error.code === 'internal') return;
  throw error;
}
