/**
 * The thread that decodes one picture and ends, or a camera's frames for as long as they come: pixels of strangers never touch the thread that
 * talks to terminals, and a decoder that hangs is ended with its thread.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import type { DecoderReply, DecoderTask, FoundCode, Frame, FrameTask } from './decoder-messages.ts';
import { refusePngBomb } from './png-bomb.ts';

/** Codes that pay or name a merchant; others of a shop's counter (EAN on goods) are left aside. */
const formats = ['QRCode', 'Code128', 'DataMatrix', 'Aztec', 'PDF417'] as const;

type Pixels = Parameters<typeof readBarcodes>[0];

/** How hard a still picture is looked at; a camera's next frame is soon there. */
const thorough = { tryHarder: true, tryDenoise: true };
const frameCodes = 4;

async function decode({ kind, picture, wasm, maxCodes }: DecoderTask): Promise<FoundCode[]> {
  if (kind === 'png') await refusePngBomb(picture);
  prepareZXingModule({ overrides: { wasmBinary: wasm } });
  return await found(picture, { ...thorough, maxNumberOfSymbols: maxCodes });
}

/** The library takes pixels as red, green, blue and opacity. */
async function decodeFrame({ luma, widthPixels, heightPixels }: Frame): Promise<FoundCode[]> {
  const data = new Uint8ClampedArray(luma.length * 4);
  new Uint32Array(data.buffer).forEach((_, at, pixels) => {
    pixels[at] = 0xff000000 | ((luma[at] ?? 0) * 0x010101);
  });
  const image = { data, width: widthPixels, height: heightPixels, colorSpace: 'srgb' } as const;
  return await found(image as Pixels, { maxNumberOfSymbols: frameCodes });
}

async function found(picture: Pixels, options: ReaderOptions): Promise<FoundCode[]> {
  const results = await readBarcodes(picture, {
    ...options,
    formats: [...formats],
    textMode: 'Plain',
  });
  // A picture that can't be loaded comes as one result with nothing but an error.
  const broken = results.find(({ error, format }) => error !== '' && (format as string) === '');
  if (broken !== undefined) throw new Error(broken.error);
  return results
    .filter(({ isValid, text }) => isValid && text !== '')
    .map(({ format, text, position: { topLeft, topRight, bottomRight, bottomLeft } }) => ({
      format,
      text,
      corners: [topLeft, topRight, bottomRight, bottomLeft],
    }));
}

async function answer(decoding: () => Promise<FoundCode[]>): Promise<DecoderReply> {
  try {
    return { ok: true, codes: await decoding() };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * A thread that ends while V8 still compiles for it in the background can wait for that for ever,
 * and every later thread with it: the compiler waits for a garbage collection that only this thread
 * could do (nodejs/node#54918; with Electron 33 on busy cores in one run of five).
 */
const restMs = 3_000;

const task = workerData as DecoderTask | FrameTask;
if ('picture' in task) {
  parentPort?.postMessage(await answer(() => decode(task)));
  await sleep(restMs);
} else {
  prepareZXingModule({ overrides: { wasmBinary: task.wasm } });
  parentPort?.on('message', (frame: Frame) => {
    void answer(() => decodeFrame(frame)).then((reply) => parentPort?.postMessage(reply));
  });
}
