/** `npm run bench [NAME…]`: runs every module in test/bench (or those named) and prints what it measured. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.ts';
import { main } from './run.ts';

interface BenchModule {
  /** Measures and returns what to print; `ok` false where it misses its goal. */
  readonly bench: () => Promise<
    string | { readonly lines: readonly string[]; readonly ok: boolean }
  >;
}

async function benchAll(): Promise<number> {
  const folder = join(root, 'test', 'bench');
  const wanted = process.argv.slice(2);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  let missed = 0;
  for (const file of files) {
    const name = file.slice(0, -'.ts'.length);
    if (wanted.length > 0 && !wanted.some((each) => isOf(name, each))) continue;
    const module = (await import(pathToFileURL(join(folder, file)).href)) as Partial<BenchModule>;
    if (!module.bench) continue;
    console.log(`\n━━ ${name}`);
    const measured = await module.bench();
    console.log(typeof measured === 'string' ? measured : measured.lines.join('\n'));
    if (typeof measured !== 'string' && !measured.ok) missed += 1;
  }
  return missed === 0 ? 0 : 1;
}

/** `window` is also `window-console`. */
function isOf(name: string, wanted: string): boolean {
  return name === wanted || name.startsWith(`${wanted}-`);
}

await main(import.meta, benchAll);
