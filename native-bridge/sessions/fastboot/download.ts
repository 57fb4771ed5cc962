/** Hands bytes to a boot loader, for the `flash` that follows: announced, sent as they come, counted. */
import { download, maxDownloadBytes } from '../../protocols/fastboot/commands.ts';
import type { Wait } from '../../ports/port.ts';
import { FastbootError } from './fastboot-error.ts';
import type { Turns } from './turns.ts';

/** Bytes that are read once, in order. */
export interface DownloadSource {
  readonly sizeBytes: number;
  pieces(): AsyncIterable<Uint8Array>;
}

export interface DownloadProgress {
  readonly sentBytes: number;
  readonly totalBytes: number;
}

/**
 * Every transfer but the last fills its packets: boot loaders take a short one for the end of the
 * buffer that they offered.
 */
const transferBytes = 128 * 1024;
/** A device that takes no more may have said why. */
const lastWordsMs = 500;

/**
 * `wait.timeoutMs` is for each piece and each reply. Left early, the session says no more: the
 * device waits for the rest.
 * @throws FastbootError `upload-stalled` and as FastbootSession.request; what the source throws
 */
export async function* downloadTo(
  turns: Turns,
  source: DownloadSource,
  wait: Wait,
): AsyncGenerator<DownloadProgress, void, void> {
  const { sizeBytes: totalBytes } = source;
  const command = download(totalBytes);
  if (totalBytes > maxDownloadBytes) {
    const facts = { command: 'download', sizeBytes: totalBytes, maxBytes: maxDownloadBytes };
    throw new FastbootError('message-too-large', facts);
  }
  await turns.begin(command, wait);
  const ready = await turns.end(command, wait, []);
  const isReady = ready.kind === 'data' && ready.sizeBytes === totalBytes;
  if (!isReady) throw turns.malformed(command, 'data-size');
  turns.spoil(new FastbootError('cancelled', { command }));
  let sentBytes = 0;
  for await (const piece of fullPieces(source.pieces())) {
    if (sentBytes + piece.length > totalBytes) throw new RangeError('more than announced');
    await sendPiece(turns, piece, { command, sentBytes, wait });
    sentBytes += piece.length;
    yield { sentBytes, totalBytes };
  }
  if (sentBytes !== totalBytes) throw new RangeError('less than announced');
  turns.mend();
  const end = await turns.end(command, wait, []);
  if (end.kind !== 'okay') throw turns.malformed(command, 'data-unasked');
}

async function sendPiece(
  turns: Turns,
  piece: Uint8Array,
  { command, sentBytes, wait }: { command: string; sentBytes: number; wait: Wait },
): Promise<void> {
  try {
    await turns.sendData(command, piece, wait);
  } catch (error) {
    const isStall = error instanceof FastbootError && error.code === 'reply-timeout';
    if (!isStall) throw error;
    await turns.end(command, { ...wait, timeoutMs: lastWordsMs }, []).catch((said: unknown) => {
      const isSaid = said instanceof FastbootError && said.facts['words'] !== undefined;
      if (isSaid) throw said;
    });
    throw new FastbootError('upload-stalled', { offsetBytes: sentBytes }, { cause: error });
  }
}

/** The same bytes in transfers of one size; the last may be shorter. */
async function* fullPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let transfer = new Uint8Array(transferBytes);
  let filled = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + transferBytes - filled);
      transfer.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < transferBytes) continue;
      yield transfer;
      transfer = new Uint8Array(transferBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield transfer.subarray(0, filled);
}
