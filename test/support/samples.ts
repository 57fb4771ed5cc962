/** Outside samples: they lie beside a checkout where its owner has them, and belong to others. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../shared/samples', import.meta.url));

/** The folder of outside samples; null, with one line that says so, where it isn't there. */
export function samplesFolder(): string | null {
  if (existsSync(folder)) return folder;
  console.log('Left out: tests over outside samples (no ../shared/samples beside this checkout)');
  return null;
}
