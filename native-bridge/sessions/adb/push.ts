/**
 * A file to the terminal. Its bytes are copied once, into pieces that stand in a packet's payload
 * as they are sent; while one payload is on its way the next is filled. The daemon may say no at
 * any time, so its answer is listened for from the beginning.
 */
import { SYNC_HEADER_BYTES, SYNC_MAX_DATA_BYTES } from '../../protocols/adb/sync.ts';
import { syncRequest, writeSyncHeader } from '../../protocols/adb/sync.ts';
import { AdbFormatError } from '../../protocols/adb/errors.ts';
import type { Wait } from '../../ports/port.ts';
import { AdbSessionError } from './session-error.ts';
import type { OpenStream } from './shell.ts';
import { SyncStream } from './sync-stream.ts';
import { checkPath, transferError, type TransferTerms, waitOf } from './transfer-terms.ts';

export interface PushOptions extends TransferTerms {
  /** What `source` gives in all; a RangeError where it does not. */
  readonly sizeBytes: number;
  /** Permissions, as 0o644; adbd lets everybody what it lets the owner. */
  readonly modeBits: number;
  /** Unix time. */
  readonly mtimeSeconds: number;
}

export interface PushProgress {
  /** How much of the file the port has taken. */
  readonly offsetBytes: number;
  readonly totalBytes: number;
}

const command = 'push';
/** Of a payload; larger ones gain nothing, and a slow link would take long for one. */
const BLOCK_BYTES = 256 * 1024;
const REGULAR_FILE = 0o100000;

export async function* pushFile(
  open: OpenStream,
  path: string,
  source: AsyncIterable<Uint8Array>,
  options: PushOptions & { readonly maxPayloadBytes: number },
): AsyncGenerator<PushProgress, void, void> {
  checkPath(command, path);
  const { sizeBytes: totalBytes, modeBits, mtimeSeconds } = options;
  const wait = waitOf(options);
  const sync = new SyncStream(await open('sync:', wait), path);
  const answer = new Answer(sync, options.signal);
  let offsetBytes = 0;
  try {
    await sync.stream.write(syncRequest('SEND', `${path},${REGULAR_FILE | modeBits}`), wait);
    const blocks = new Blocks(sync, wait, Math.min(BLOCK_BYTES, options.maxPayloadBytes));
    for await (const chunk of source) {
      if (offsetBytes + chunk.length > totalBytes) throw sizeError(totalBytes, 'more');
      for (let at = 0; at < chunk.length;) {
        at += blocks.fill(chunk, at);
        if (!blocks.isFull) continue;
        await answer.unlessRefused(blocks.send());
        yield { offsetBytes: offsetBytes + at, totalBytes };
      }
      offsetBytes += chunk.length;
    }
    if (offsetBytes < totalBytes) throw sizeError(totalBytes, 'less');
    await answer.unlessRefused(blocks.finish(mtimeSeconds));
    yield { offsetBytes, totalBytes };
    await answer.okay(wait);
  } catch (error) {
    throw transferError(command, error, offsetBytes);
  } finally {
    sync.stream.close();
    answer.over();
  }
}

function sizeError(totalBytes: number, which: 'more' | 'less'): RangeError {
  return new RangeError(`the source gave ${which} than ${totalBytes} bytes`);
}

/** The daemon's one answer, waited for while the file is sent. */
class Answer {
  readonly #stop = new AbortController();
  readonly #came: Promise<void>;
  readonly #refusal: Promise<never>;

  constructor(sync: SyncStream, signal: AbortSignal | undefined) {
    const either = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal;
    this.#came = sync.reply({ timeoutMs: MAX_TIMEOUT_MS, signal: either }).then((reply) => {
      if (reply.kind !== 'okay') throw new AdbFormatError('answer');
    });
    this.#came.catch(() => undefined);
    this.#refusal = new Promise((_, reject) => {
      this.#came.catch(reject);
    });
    this.#refusal.catch(() => undefined);
  }

  /** Why the daemon has hung up is worth more than that it has. */
  async unlessRefused(work: Promise<void>): Promise<void> {
    try {
      await Promise.race([work, this.#refusal]);
    } catch (error) {
      work.catch(() => undefined);
      const isHungUp = error instanceof AdbSessionError && error.code === 'command-refused';
      if (isHungUp) await this.#came;
      throw error;
    }
  }

  async okay({ timeoutMs }: Wait): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new AdbSessionError('reply-timeout', { command, timeoutMs });
      timer = setTimeout(() => reject(error), timeoutMs);
    });
    await Promise.race([this.#came, late]).finally(() => clearTimeout(timer));
  }

  over(): void {
    this.#stop.abort();
  }
}

/** The longest that a timer takes. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Two payloads take turns: one is filled while the other is sent. */
class Blocks {
  readonly #sync: SyncStream;
  readonly #wait: Wait;
  readonly #dataBytes: number;
  #block: Uint8Array;
  #spare: Uint8Array;
  #length = 0;
  /** Where the piece that is being filled begins. */
  #piece = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(sync: SyncStream, wait: Wait, blockBytes: number) {
    this.#sync = sync;
    this.#wait = wait;
    const pieces = Math.ceil(blockBytes / SYNC_MAX_DATA_BYTES);
    this.#dataBytes = Math.floor(blockBytes / pieces) - SYNC_HEADER_BYTES;
    this.#block = new Uint8Array(pieces * (this.#dataBytes + SYNC_HEADER_BYTES));
    this.#spare = new Uint8Array(this.#block.length);
  }

  get isFull(): boolean {
    return this.#length === this.#block.length;
  }

  /** Takes what fits of `chunk` into the piece at hand; returns how much. */
  fill(chunk: Uint8Array, from: number): number {
    if (this.#length === this.#piece) this.#length += SYNC_HEADER_BYTES;
    const pieceEnd = this.#piece + SYNC_HEADER_BYTES + this.#dataBytes;
    const bytes = Math.min(chunk.length - from, pieceEnd - this.#length);
    this.#block.set(chunk.subarray(from, from + bytes), this.#length);
    this.#length += bytes;
    if (this.#length === pieceEnd) this.#endPiece();
    return bytes;
  }

  /** Resolves when the block before was taken. */
  async send(): Promise<void> {
    await this.#sending;
    const block = this.#block.subarray(0, this.#length);
    this.#block = this.#spare;
    this.#spare = new Uint8Array(block.buffer);
    this.#length = this.#piece = 0;
    this.#sending = this.#sync.stream.write(block, this.#wait);
    this.#sending.catch(() => undefined);
  }

  /** The rest, and the time that the file is to have. */
  async finish(mtimeSeconds: number): Promise<void> {
    if (this.#length > this.#piece) this.#endPiece();
    if (this.#length > 0) await this.send();
    await this.#sending;
    const done = new Uint8Array(SYNC_HEADER_BYTES);
    writeSyncHeader('DONE', mtimeSeconds, done, 0);
    await this.#sync.stream.write(done, this.#wait);
  }

  #endPiece(): void {
    const bytes = this.#length - this.#piece - SYNC_HEADER_BYTES;
    writeSyncHeader('DATA', bytes, this.#block, this.#piece);
    this.#piece = this.#length;
  }
}
