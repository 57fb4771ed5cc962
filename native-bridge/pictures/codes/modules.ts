/** A text as the modules of a QR code (zxing-wasm), all of one size so that only one thing differs. */
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import type { GradedCode } from '../../contract/scanner.ts';
import { decoderWasm } from '../decoder-files.ts';
import { damaged } from './damage.ts';

/** Rows of modules, true where dark; without a quiet zone. */
export type Modules = readonly (readonly boolean[])[];

/** 25 by 25 modules, which hold every text of the test at level H. */
export const qrVersion = 2;

let ready: Promise<unknown> | null = null;

function prepare(): Promise<unknown> {
  ready ??= decoderWasm('writer').then((wasmBinary) =>
    prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }),
  );
  return ready;
}

/** The mask is fixed: which one a writer prefers is its own affair, and a printed page stays as it is. */
const mask = 3;

/** With the damage that the code is to have. Throws where the text does not fit. */
export async function modulesOf(
  code: Pick<GradedCode, 'text' | 'level' | 'damagePercent'>,
): Promise<Modules> {
  await prepare();
  const options = `version=${qrVersion},ecLevel=${code.level},dataMask=${mask}`;
  const { symbol, error } = await writeBarcode(code.text, {
    format: 'QRCode',
    options,
    addQuietZones: false,
  });
  if (error !== '') throw new Error(error);
  const { data, width, height } = symbol;
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from(data.subarray(row * width, (row + 1) * width), (value) => value === 0),
  );
  return damaged(rows, code.damagePercent);
}
