/** How operations wait: until the work settles, the deadline, the signal, or the connection's end. */
import type { Wait } from '../../ports/port.ts';
import { AdbSessionError } from './session-error.ts';

export interface Deadline {
  /** For the facts. */
  readonly command: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** More facts for a late one. */
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** What may cut any wait short; told once. */
export interface Ended {
  /** Calls back with the error that whoever waits gets; returns how to stop that. */
  onEnd(listener: (error: Error) => void): () => void;
}

/** @throws AdbSessionError `reply-timeout`, `cancelled`; what ended the connection; what the work throws */
export function until<T>(work: Promise<T>, connection: Ended, deadline: Deadline): Promise<T> {
  const { command, timeoutMs, signal, facts } = deadline;
  return new Promise((resolve, reject) => {
    let isWaiting = true;
    let stop = (): void => undefined;
    const end = (settle: () => void): void => {
      if (!isWaiting) return;
      isWaiting = false;
      clearTimeout(timer);
      stop();
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const fail = (error: Error): void => end(() => reject(error));
    const onAbort = (): void => fail(new AdbSessionError('cancelled', { command }));
    const onLate = (): void =>
      fail(new AdbSessionError('reply-timeout', { command, timeoutMs, ...facts }));
    const timer = setTimeout(onLate, timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    // Where it has ended it says so at once.
    stop = connection.onEnd(fail);
    work.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
    );
    if (signal?.aborted) onAbort();
  });
}

/** What is left of a wait that goes over several steps, however many there are. */
export function leftOf({ timeoutMs, signal }: Wait): () => Wait {
  const endMs = performance.now() + timeoutMs;
  return () => ({ timeoutMs: Math.max(0, Math.ceil(endMs - performance.now())), signal });
}
