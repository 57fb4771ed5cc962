/** A program as it was built where that was from these sources (as-built.ts), else its source. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = process.env['POS_BENCH_BUILT'];

/** `source`: its path in the checkout; `bundle`: its name in the build. */
export function builtOr(source: string, bundle: string): string {
  return folder === undefined ? join(root, source) : join(folder, bundle);
}
