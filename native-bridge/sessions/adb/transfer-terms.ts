/** What transfers have in common. */
import { SYNC_MAX_PATH_BYTES } from '../../protocols/adb/sync.ts';
import type { Wait } from '../../ports/port.ts';
import { AdbSessionError, sessionError } from './session-error.ts';

export interface TransferTerms {
  readonly signal?: AbortSignal | undefined;
  /** Without a step forward for so long, a transfer is given up. */
  readonly idleTimeoutMs: number;
}

export const waitOf = ({ signal, idleTimeoutMs }: TransferTerms): Wait => ({
  timeoutMs: idleTimeoutMs,
  signal,
});

/** The daemon refuses such a path by hanging up. */
export function checkPath(command: string, path: string): void {
  const sizeBytes = Buffer.byteLength(path);
  if (sizeBytes <= SYNC_MAX_PATH_BYTES) return;
  const facts = { command, sizeBytes, maxBytes: SYNC_MAX_PATH_BYTES };
  throw new AdbSessionError('message-too-large', facts);
}

/** Tells the transfer's own name, and how far it was. */
export function transferError(command: string, error: unknown, offsetBytes: number): unknown {
  if (!(error instanceof AdbSessionError && error.code === 'reply-timeout')) {
    return sessionError(command, error);
  }
  return new AdbSessionError('reply-timeout', { ...error.facts, command, offsetBytes });
}
