/** The codes in a picture, decoded in a thread of its own within a deadline. */
import { Worker } from 'node:worker_threads';
import { decoderThread, decoderWasm } from './decoder-files.ts';
import type { DecoderReply, DecoderTask, FoundCode } from './decoder-messages.ts';
import { pictureLimits } from './limits.ts';
import type { Picture } from './open-picture.ts';
import { PictureError } from './picture-error.ts';
import { uprightPoint } from './upright.ts';

/** The decoder's own memory is WebAssembly's and not counted here; it is bounded by the pixels. */
const threadLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 };

/**
 * In no order, their corners in the picture as a viewer shows it. The picture's bytes are given away. Throws PictureError `picture-damaged`,
 * `picture-too-slow`, and the signal's reason.
 */
export async function readCodes(
  picture: Picture,
  signal: AbortSignal,
  timeoutMs: number = pictureLimits.decodeMs,
): Promise<readonly FoundCode[]> {
  const { name, kind, bytes, widthPixels, heightPixels } = picture;
  const wasm = await decoderWasm('reader');
  signal.throwIfAborted();
  const maxCodes = pictureLimits.codes;
  const task: DecoderTask = { kind, picture: bytes, wasm, maxCodes, widthPixels, heightPixels };
  const thread = new Worker(decoderThread(), {
    workerData: task,
    transferList: [bytes.buffer, wasm],
    resourceLimits: threadLimits,
    name: 'picture-decoder',
    // What the library says on the way is nobody's.
    stdout: true,
    stderr: true,
  });
  const reply = await replyOf(thread, name, { signal, timeoutMs }).catch((error: unknown) => {
    // Not waited for: it is in the middle of its work.
    void thread.terminate();
    throw error;
  });
  // It ends by itself; nobody waits for that either.
  thread.unref();
  // A code in the part that is there counts all the same.
  if (reply.ok && (picture.isWhole || reply.codes.length > 0)) {
    return reply.codes.map((code) => ({ ...code, corners: upright(code.corners, picture) }));
  }
  throw damaged(name, new Error(reply.ok ? 'it ends too early' : reply.detail));
}

const upright = ([a, b, c, d]: FoundCode['corners'], picture: Picture): FoundCode['corners'] => [
  uprightPoint(a, picture),
  uprightPoint(b, picture),
  uprightPoint(c, picture),
  uprightPoint(d, picture),
];

interface Patience {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

async function replyOf(
  thread: Worker,
  file: string,
  { signal, timeoutMs }: Patience,
): Promise<DecoderReply> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const patience = AbortSignal.any([signal, deadline]);
  return await new Promise<DecoderReply>((resolve, reject) => {
    patience.addEventListener('abort', () => {
      const late = new PictureError('picture-too-slow', { file, timeoutMs });
      reject(signal.aborted ? (signal.reason as Error) : late);
    });
    thread.once('message', resolve);
    // Out of memory, or ended by itself.
    thread.once('error', (error) => reject(damaged(file, error)));
    thread.once('exit', () => reject(damaged(file, new Error('no answer'))));
  });
}

const damaged = (file: string, cause: unknown): PictureError =>
  new PictureError('picture-damaged', { file }, { cause });
