/** What is at a path on the terminal. */
import {
  type AdbFileStatus,
  syncRequest,
  syncStatusV1,
  syncStatusV2,
} from '../../protocols/adb/sync.ts';
import { AdbFormatError } from '../../protocols/adb/errors.ts';
import type { Wait } from '../../ports/port.ts';
import { AdbSessionError, sessionError } from './session-error.ts';
import type { OpenStream } from './shell.ts';
import { SyncStream } from './sync-stream.ts';
import { checkPath } from './transfer-terms.ts';

const command = 'stat';

/** Null where there is nothing. */
export async function fileStatus(
  open: OpenStream,
  path: string,
  isNew: boolean,
  wait: Wait,
): Promise<AdbFileStatus | null> {
  checkPath(command, path);
  const form = isNew ? syncStatusV2 : syncStatusV1;
  const sync = new SyncStream(await open('sync:', wait), path);
  try {
    await sync.stream.write(syncRequest(form.word, path), wait);
    const reply = await sync.exactly(form.replyBytes, wait);
    if (String.fromCharCode(...reply.subarray(0, 4)) !== form.word)
      throw new AdbFormatError('answer');
    const status = form.decode(reply);
    if (typeof status !== 'string') return status;
    throw new AdbSessionError('transfer-refused', { path, text: status });
  } catch (error) {
    throw sessionError(command, error);
  } finally {
    sync.stream.close();
  }
}
