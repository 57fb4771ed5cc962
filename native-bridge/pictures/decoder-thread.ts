/**
 * The thread that decodes one picture and ends: pixels of strangers never touch the thread that
 * talks to terminals, and a decoder that hangs is ended with its thread.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { DecoderReply, DecoderTask, FoundCode } from './decoder-messages.ts';
import { refusePngBomb } from './png-bomb.ts';

/** Codes that pay or name a merchant; others of a shop's counter (EAN on goods) are left aside. */
const formats = ['QRCode', 'Code128', 'DataMatrix', 'Aztec', 'PDF417'] as const;

async function decode({ kind, picture, wasm, maxCodes }: DecoderTask): Promise<FoundCode[]> {
  if (kind === 'png') await refusePngBomb(picture);
  prepareZXingModule({ overrides: { wasmBinary: wasm } });
  const results = await readBarcodes(picture, {
    formats: [...formats],
    maxNumberOfSymbols: maxCodes,
    tryHarder: true,
    tryDenoise: true,
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

async function answer(task: DecoderTask): Promise<DecoderReply> {
  try {
    return { ok: true, codes: await decode(task) };
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

parentPort?.postMessage(await answer(workerData as DecoderTask));
await sleep(restMs);
