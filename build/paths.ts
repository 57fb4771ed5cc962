/** The places the build knows: everything is relative to the checkout, wherever it stands. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** What ships: bundles and data (`npm run build`). */
export const distFolder = join(root, 'dist');
/** What is made from it: packages, screenshots. */
export const outFolder = join(root, 'out');

/** Downloads are kept outside the tree, by hash, so that a clean clone does not fetch them again. */
export const cacheFolder = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'pos-bench',
);

/** A tool of node_modules/.bin, run by the Node of this project. */
export const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
