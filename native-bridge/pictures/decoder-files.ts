/** Where the decoder's parts are: in the source beside this file and in its package, in what ships beside the bundle. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export type DecoderPart = 'reader' | 'writer';

const inSource = (from: string): boolean => from.endsWith('.ts');

/** The thread that decodes. */
export function decoderThread(from: string = import.meta.url): URL {
  return new URL(inSource(from) ? './decoder-thread.ts' : './picture-decoder.js', from);
}

/** The compiled library (zxing-wasm). It is handed over as bytes: by itself it would ask the network. */
export async function decoderWasm(part: DecoderPart): Promise<ArrayBuffer> {
  const bytes = await readFile(wasmPlace(part, import.meta.url));
  // A copy of its own: small files share one pool.
  return new Uint8Array(bytes).buffer;
}

function wasmPlace(part: DecoderPart, from: string): URL | string {
  if (!inSource(from)) return new URL(`./zxing_${part}.wasm`, from);
  return createRequire(from).resolve(`zxing-wasm/${part}/zxing_${part}.wasm`);
}
