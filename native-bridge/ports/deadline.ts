/** One way to wait: until the work settles, the deadline passes or the signal fires. */
import { PortError, type PortErrorCode, type Wait } from './port.ts';

export interface DeadlineOptions<T> {
  /** The name of the port, for the facts. */
  readonly port: string;
  /** Code of the PortError when the deadline passes. */
  readonly late: PortErrorCode;
  /** Takes what arrives after nobody waits for it any more, to release it. */
  readonly abandon?: (value: T) => void;
}

/** @throws PortError `late`, `cancelled`, or what the work throws */
export function withDeadline<T>(
  work: Promise<T>,
  wait: Wait,
  { port, late, abandon }: DeadlineOptions<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let waiting = true;
    const end = (settle: () => void): void => {
      if (!waiting) return;
      waiting = false;
      clearTimeout(timer);
      wait.signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = (): void => end(() => reject(new PortError('cancelled', { port })));
    const timer = setTimeout(
      () => end(() => reject(new PortError(late, { port, timeoutMs: wait.timeoutMs }))),
      wait.timeoutMs,
    );
    wait.signal?.addEventListener('abort', onAbort, { once: true });
    work.then(
      (value) => (waiting ? end(() => resolve(value)) : abandon?.(value)),
      (error: unknown) => end(() => reject(asError(error))),
    );
    if (wait.signal?.aborted) onAbort();
  });
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
