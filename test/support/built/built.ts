/** The programs as they were built, where that was from these sources (as-built.ts). */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.env['POS_BENCH_BUILT'];
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Throws where nothing fresh was built. */
export function built(file: string): string {
  if (folder === undefined) throw new Error('not built');
  return join(folder, file);
}

/** The bundle, else the source: a path in the checkout. */
export function builtOr(source: string, bundle: string): string {
  return folder === undefined ? join(root, source) : built(bundle);
}
