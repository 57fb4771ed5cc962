/**
 * Codes in a camera's frames, one frame after the other: a thread that stays for as long as frames
 * come, since to begin one for each would cost more than the decoding. A frame it can't finish in
 * time ends the thread; the next frame begins another.
 */
import { Worker } from 'node:worker_threads';
import { decoderThread, decoderWasm } from './decoder-files.ts';
import type { DecoderReply, Frame, FoundCode } from './decoder-messages.ts';
import { PictureError } from './picture-error.ts';

/** A frame takes 10 to 60 ms; one that takes this long hangs. */
const decodeMs = 3_000;
/** The thread rests before it ends by itself (decoder-thread.ts says why). */
const idleMs = 10_000;

export class FrameDecoder {
  #thread: Worker | null = null;
  #idle: NodeJS.Timeout | null = null;
  /** One frame at a time: the answer is to the frame before it. */
  #turn: Promise<unknown> = Promise.resolve();

  /** In no order. Throws PictureError `picture-damaged`, `picture-too-slow`, and the signal's reason. */
  async read(
    frame: Frame,
    signal: AbortSignal,
    timeoutMs = decodeMs,
  ): Promise<readonly FoundCode[]> {
    const turn = this.#turn.then(() => this.#read(frame, signal, timeoutMs));
    this.#turn = turn.catch(() => undefined);
    return await turn;
  }

  close(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    void this.#thread?.terminate();
    this.#thread = null;
  }

  async #read(frame: Frame, signal: AbortSignal, timeoutMs: number): Promise<readonly FoundCode[]> {
    signal.throwIfAborted();
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#thread ??= await begin();
    const reply = await answerOf(this.#thread, frame, { signal, timeoutMs }).catch(
      (error: unknown) => {
        this.close();
        throw error;
      },
    );
    this.#idle = setTimeout(() => this.close(), idleMs).unref();
    if (reply.ok) return reply.codes;
    throw new PictureError('picture-damaged', {}, { cause: new Error(reply.detail) });
  }
}

async function begin(): Promise<Worker> {
  const wasm = await decoderWasm('reader');
  const thread = new Worker(decoderThread(), {
    workerData: { wasm },
    transferList: [wasm],
    name: 'frame-decoder',
    stdout: true,
    stderr: true,
  });
  // Nobody's end waits for a camera.
  thread.unref();
  return thread;
}

async function answerOf(
  thread: Worker,
  frame: Frame,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<DecoderReply> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const listening = new AbortController();
  try {
    return await new Promise<DecoderReply>((resolve, reject) => {
      const { signal: until } = listening;
      const gone = (cause?: unknown): void =>
        reject(new PictureError('picture-damaged', {}, { cause }));
      const late = (): void =>
        reject(
          signal.aborted
            ? (signal.reason as Error)
            : new PictureError('picture-too-slow', { timeoutMs }),
        );
      patience.addEventListener('abort', late, { signal: until });
      thread.once('message', resolve);
      thread.once('error', gone);
      thread.once('exit', gone);
      until.addEventListener('abort', () => {
        thread.off('message', resolve).off('error', gone).off('exit', gone);
      });
      thread.postMessage(frame);
    });
  } finally {
    listening.abort();
  }
}
