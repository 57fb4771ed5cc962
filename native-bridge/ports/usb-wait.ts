/**
 * A wait for transfers that the system has: when nobody wants them any more they are cancelled, and
 * the wait ends when they came back, so that no buffer is in use that its owner was told is free.
 */
import { withDeadline } from './deadline.ts';
import { PortError, type PortErrorCode, type Wait } from './port.ts';

export interface CancellableWork<T> {
  readonly work: Promise<T>;
  /** Makes `work` settle soon. */
  readonly cancel: () => void;
  readonly port: string;
  readonly late: PortErrorCode;
}

/** A cancelled transfer that does not come back within this time is jammed in a driver. */
const BACK_MS = 2000;

/**
 * @throws PortError `late`, `cancelled`, what the work throws; `port-failed` where the system does
 * not give the transfer back
 */
export async function settleWithin<T>(
  { work, cancel, port, late }: CancellableWork<T>,
  wait: Wait,
): Promise<T> {
  let settled = false;
  const watched = work.finally(() => (settled = true));
  watched.catch(() => undefined);
  try {
    return await withDeadline(watched, wait, { port, late });
  } catch (error) {
    // Ends with the work itself, or because nobody waits for it any more.
    if (isSettled()) throw error;
    cancel();
    const back = watched.then(
      () => true,
      () => true,
    );
    await withDeadline(back, { timeoutMs: BACK_MS }, { port, late: 'port-failed' });
    throw error;
  }

  function isSettled(): boolean {
    return settled;
  }
}

/** @throws PortError `cancelled` */
export function throwIfAborted(port: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new PortError('cancelled', { port });
}
