/**
 * Jobs: the requests that run now. A window that was reloaded finds its jobs here and follows them
 * again: the newest progress at once, then all that comes, then the same result.
 */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { Fault } from '../contract/fault.ts';
import type { Job as JobInfo } from '../contract/job.ts';

type Listener = (progress: unknown) => void;

export class Job {
  readonly info: JobInfo;
  readonly signal: AbortSignal;
  readonly outcome: Promise<unknown>;
  readonly #controller = new AbortController();
  readonly #listeners = new Set<Listener>();
  readonly #settle: { resolve: (value: unknown) => void; reject: (error: BridgeFault) => void };
  readonly #onEnd: () => void;
  #latest: { progress: unknown } | null = null;

  constructor(info: JobInfo, outer: AbortSignal | undefined, onEnd: () => void) {
    this.info = info;
    this.#onEnd = onEnd;
    this.signal = outer
      ? AbortSignal.any([outer, this.#controller.signal])
      : this.#controller.signal;
    const { promise, resolve, reject } = withResolvers();
    this.outcome = promise;
    // Nobody may follow the job; its starter gets the error from the request itself.
    promise.catch(() => undefined);
    this.#settle = { resolve, reject };
  }

  /** Calls the listener with the newest progress, if any, and with all that follows. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#latest) listener(this.#latest.progress);
    return () => this.#listeners.delete(listener);
  }

  /** Whoever watches can't stop the work: a listener that throws is not called any more. */
  emit(progress: unknown): void {
    this.#latest = { progress };
    for (const listener of this.#listeners) {
      try {
        listener(progress);
      } catch {
        this.#listeners.delete(listener);
      }
    }
  }

  cancel(): void {
    this.#controller.abort(new DOMException('cancelled', 'AbortError'));
  }

  finish(result: unknown): void {
    this.#onEnd();
    this.#settle.resolve(result);
  }

  fail(fault: Fault): void {
    this.#onEnd();
    this.#settle.reject(BridgeFault.of(fault));
  }
}

export class Jobs {
  readonly #running = new Map<string, Job>();
  readonly #listeners = new Set<() => void>();
  #next = 1;

  /** Calls back when one begins or ends; for the bridge's life. */
  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }

  start(request: string, terminalId: string | null, signal: AbortSignal | undefined): Job {
    const jobId = `job-${this.#next++}`;
    const info = { jobId, request, terminalId, startedUtc: new Date().toISOString() };
    const job = new Job(info, signal, () => {
      this.#running.delete(jobId);
      this.#changed();
    });
    this.#running.set(jobId, job);
    this.#changed();
    return job;
  }

  get(jobId: string): Job {
    const job = this.#running.get(jobId);
    if (!job) throw new BridgeFault('job-unknown', { jobId });
    return job;
  }

  list(): JobInfo[] {
    return [...this.#running.values()].map((job) => job.info);
  }

  cancelAll(): void {
    for (const job of this.#running.values()) job.cancel();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

// Promise.withResolvers is not in Node 20.
function withResolvers() {
  let resolve!: (value: unknown) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
