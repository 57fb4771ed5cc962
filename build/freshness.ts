/** Whether `dist/` was made from the sources as they are now: by the newest change of any of them. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { distFolder, root } from './paths.ts';

const sources = ['native-bridge', 'electron', 'cli', 'renderer', 'build', 'package-lock.json'];
const stamp = 'built.json';

/** `sourcesMs` is from before the build: what changed meanwhile may not be in it. */
export async function markBuilt(dist: string, sourcesMs: number): Promise<void> {
  await writeFile(join(dist, stamp), `${JSON.stringify({ newestSourceMs: sourcesMs })}\n`);
}

export async function isBuildFresh(): Promise<boolean> {
  const text = await readFile(join(distFolder, stamp), 'utf8').catch(() => null);
  if (text === null) return false;
  const built = JSON.parse(text) as { newestSourceMs: number };
  return built.newestSourceMs === (await newestSourceMs());
}

/** When the youngest source file was changed. */
export async function newestSourceMs(): Promise<number> {
  let newest = 0;
  for (const source of sources) {
    const path = join(root, source);
    const info = await stat(path);
    const names = info.isDirectory() ? await readdir(path, { recursive: true }) : [''];
    for (const name of names) {
      // The compiled words are a product, written by every build.
      if (name.startsWith(join('wording', 'generated'))) continue;
      const found = await stat(join(path, name));
      // A folder changes when the compiled words in it are written anew.
      if (found.isFile()) newest = Math.max(newest, found.mtimeMs);
    }
  }
  return newest;
}
