/** The packages that ship: the given ones and everything they depend on, as folders of node_modules. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { root } from './paths.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Folders relative to the checkout, `/` between names, sorted. */
export async function shippedModules(names: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const name of names) await collect(name, root, found);
  return [...found].map((folder) => relative(root, folder).split(sep).join('/')).sort();
}

async function collect(name: string, from: string, found: Set<string>): Promise<void> {
  const folder = resolveFolder(name, from);
  if (folder === null || found.has(folder)) return;
  found.add(folder);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const needed = { ...manifest.dependencies, ...manifest.optionalDependencies };
  for (const dependency of Object.keys(needed)) await collect(dependency, folder, found);
}

/** As Node resolves it: the nearest node_modules above; null where an optional one is not installed. */
function resolveFolder(name: string, from: string): string | null {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(folder)) return folder;
    if (at === dirname(at)) return null;
  }
}
