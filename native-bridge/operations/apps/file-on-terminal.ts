/**
 * The file on the terminal while Android installs it: under a name that nobody else has, in the only
 * folder that a shell may write to and the package manager may read. It goes again on every path.
 */
import { randomBytes } from 'node:crypto';
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Connection } from '../../connections/connection.ts';
import { piecesOf, type DiskFile } from '../../firmware/random-access.ts';
import type { PushProgress } from '../../sessions/adb/push.ts';
import type { Context } from '../context.ts';
import { ask } from './ask.ts';

/** Without a step forward for so long the transfer is given up. */
const sendTimeoutMs = 20_000;
const everybodyReads = 0o644;

export const newPath = (): string =>
  `/data/local/tmp/pos-bench-${randomBytes(16).toString('hex')}.apk`;

/** In pieces; never the whole of it in memory. Throws as the session and the file do. */
export async function* sendFile(
  { adb }: Connection,
  file: DiskFile,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<PushProgress, void, void> {
  yield* adb.push(path, piecesOf(file), {
    sizeBytes: file.sizeBytes,
    modeBits: everybodyReads,
    mtimeSeconds: Math.floor(Date.now() / 1000),
    idleTimeoutMs: sendTimeoutMs,
    signal,
  });
  await file.assertUnchanged();
}

/** Whether it is gone for sure. Never throws. */
export async function removeFile(
  { log }: Context,
  connection: Connection,
  path: string,
): Promise<boolean> {
  try {
    await ask(connection.adb, ['rm', '-f', path]);
    return (await ask(connection.adb, ['ls', path])).includes('No such file');
  } catch (error) {
    log.warn(`${path} may be left on the terminal: ${faultOf(error).code}`);
    return false;
  }
}
