/** A file from the terminal, in pieces as they come. */
import { syncRequest } from '../../protocols/adb/sync.ts';
import { AdbFormatError } from '../../protocols/adb/errors.ts';
import { AdbSessionError } from './session-error.ts';
import type { OpenStream } from './shell.ts';
import { SyncStream } from './sync-stream.ts';
import { checkPath, transferError, type TransferTerms, waitOf } from './transfer-terms.ts';

export interface PullOptions extends TransferTerms {
  /** A file that turns out to be larger is given up. */
  readonly maxBytes: number;
  /**
   * Each piece may be looked at only until the next is asked for: for who writes it away at once,
   * as the same memory is used over and over then. Otherwise a piece is the taker's to keep.
   */
  readonly isLent?: boolean | undefined;
}

const command = 'pull';

export async function* pullFile(
  open: OpenStream,
  path: string,
  options: PullOptions,
): AsyncGenerator<Uint8Array, void, void> {
  checkPath(command, path);
  const wait = waitOf(options);
  const sync = new SyncStream(await open('sync:', wait), path, options.isLent);
  let offsetBytes = 0;
  try {
    await sync.stream.write(syncRequest('RECV', path), wait);
    for (;;) {
      const reply = await sync.reply(wait);
      if (reply.kind === 'done') return;
      // A piece of nothing is no step forward; no daemon sends one.
      if (reply.kind !== 'data' || reply.bytes === 0) throw new AdbFormatError('answer');
      if (offsetBytes + reply.bytes > options.maxBytes) {
        throw new AdbSessionError('output-too-large', { command, maxBytes: options.maxBytes });
      }
      const endBytes = offsetBytes + reply.bytes;
      while (offsetBytes < endBytes) {
        const piece = await sync.some(endBytes - offsetBytes, wait);
        offsetBytes += piece.length;
        yield piece;
      }
    }
  } catch (error) {
    throw transferError(command, error, offsetBytes);
  } finally {
    sync.stream.close();
  }
}
