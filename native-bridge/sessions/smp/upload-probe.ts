/**
 * Was a request lost, or does the device only take its time? A device that is at work (it erases a
 * slot at the first request of an upload, for as long as a minute, or a sector, or checks the whole
 * image after the last) answers nothing else meanwhile. One that answers an echo, and still not the
 * request before it, has not got that, or its reply was lost.
 */
import { echo } from '../../protocols/smp/os/echo.ts';
import { pause } from '../../ports/pause.ts';
import { SmpSessionError } from './session-error.ts';
import type { SmpSession } from './smp-session.ts';

export interface StartTerms {
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/** Of the patience: silence until the device is asked the first time; doubled after each time. */
const ASKED_AFTER = 0.3;
/** Of the patience: the reply may have been on its way just when the echo was answered. */
const GRACE = 0.1;

/** Watches until `reply` settles (false), or the device has shown that it never got the request. */
export async function startWasLost(
  session: SmpSession,
  reply: Promise<unknown>,
  { patienceMs, signal }: StartTerms,
): Promise<boolean> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  reply.then(end, end);
  const settled = AbortSignal.any([ended.signal, signal]);
  for (let waitMs = ASKED_AFTER * patienceMs; ; waitMs *= 2) {
    await pause(waitMs, settled);
    if (settled.aborted) return false;
    if (await answersEcho(session, waitMs, settled)) break;
  }
  await pause(GRACE * patienceMs, settled);
  return !isAborted(settled);
}

/** A refusal is an answer, too. */
export function answersEcho(
  session: SmpSession,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  return session.request(echo, { text: 'x' }, { timeoutMs, signal, sendings: 1 }).then(
    () => true,
    (error: unknown) => error instanceof SmpSessionError && error.code.startsWith('command-'),
  );
}

/** TypeScript takes a signal that was not fired before for one that never fires. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
