/**
 * Calls to the records' worker thread: each has a number and a deadline; when the thread is gone,
 * all that wait are told, and so is every later call.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { RecordsError } from './errors.ts';
import { workerEntry } from './worker-entry.ts';
import type { WorkerOptions, WorkerReply } from './worker-messages.ts';
import type { WorkerMethods } from './worker-methods.ts';

interface Pending {
  resolve(value: unknown): void;
  reject(error: RecordsError): void;
}

const endTimeoutMs = 2_000;

/** Requests by number over the worker's port. */
export class WorkerCalls {
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
      await this.#end();
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
      await closing.catch(() => undefined);
    }
    await this.#end();
  }

  /**
   * It ends by itself: a thread that is ended while V8 compiles for it can take the program with it.
   * One that hangs in a file system (a dead network drive) can't be ended: it is left behind.
   */
  async #end(): Promise<void> {
    const ended = new AbortController();
    const late = sleep(endTimeoutMs, 'late' as const, { signal: ended.signal }).catch(() => null);
    const came = await Promise.race([late, this.#exited]);
    ended.abort();
    if (came === 'late') void this.#worker.terminate();
    this.#worker.unref();
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
