/** `npm run bench [NAME…]`: runs every module in test/bench (or those named) and prints what it measured. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.ts';
import { main } from './run.ts';

interface BenchModule {
  /** Measures and returns the lines to print. */
  readonly bench: () => Promise<string>;
}

async function benchAll(): Promise<void> {
  const folder = join(root, 'test', 'bench');
  const wanted = process.argv.slice(2);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  for (const file of files) {
    const name = file.slice(0, -'.ts'.length);
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const module = (await import(pathToFileURL(join(folder, file)).href)) as Partial<BenchModule>;
    if (!module.bench) continue;
    console.log(`\n━━ ${name}`);
    console.log(await module.bench());
  }
}

await main(import.meta, benchAll);
