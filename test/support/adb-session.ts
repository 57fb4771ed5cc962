/** A session for tests, closed after them. */
import { generateKeyPairSync } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { BytePort } from '../../native-bridge/ports/port.ts';
import type { TransferPort } from '../../native-bridge/ports/transfer-port.ts';
import {
  type AdbKeys,
  AdbSession,
  type AdbSessionOptions,
} from '../../native-bridge/sessions/adb/adb-session.ts';
import { AdbSessionError } from '../../native-bridge/sessions/adb/session-error.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const testKey = {
  publicKey,
  name: 'pos-bench@test',
  privateKey: () => Promise.resolve(privateKey.export({ type: 'pkcs8', format: 'der' })),
} satisfies AdbKeys & { publicKey: unknown };

export async function sessionOver(
  port: BytePort | TransferPort,
  options: Partial<AdbSessionOptions> = {},
): Promise<AdbSession> {
  const terms = { keys: testKey, timeoutMs: 10_000, tapTimeoutMs: 10_000, ...options };
  const session = await AdbSession.open(port, terms);
  onTestFinished(() => session.close());
  return session;
}

/** The AdbSessionError that `work` rejects with; throws where it does not, or with another kind. */
export async function adbFault(work: Promise<unknown>): Promise<AdbSessionError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AdbSessionError) return error;
  throw new Error('no AdbSessionError', { cause: error });
}
