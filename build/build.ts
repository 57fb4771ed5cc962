/** `npm run build`: words, then bundles and data, into `dist/`. */
import { chmod, cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleNode, bundlePreload, bundleRenderer } from './bundles.ts';
import { markBuilt } from './freshness.ts';
import { distFolder, root } from './paths.ts';
import { main } from './run.ts';
import { compileWording } from './wording.ts';

/** Data folders that the programs in `dist/node/` read, by their name there. */
const dataFolders: Readonly<Record<string, string>> = {
  profiles: 'native-bridge/terminals/profiles',
  firmware: 'native-bridge/simulators/codebox/firmware',
};

export async function buildAll(): Promise<void> {
  const startedMs = performance.now();
  await rm(distFolder, { recursive: true, force: true });
  await compileWording();
  await Promise.all([bundleNode(), bundlePreload(), bundleRenderer()]);
  for (const [name, source] of Object.entries(dataFolders)) {
    await cp(join(root, source), join(distFolder, 'node', name), { recursive: true });
  }
  await chmod(join(distFolder, 'node', 'pos-bench.js'), 0o755);
  await markBuilt();
  console.log(`Built dist/ in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}

await main(import.meta, buildAll);
