/** `npm run build`: words, then bundles and data, into `dist/`. */
import { chmod, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleMain, bundleNode, bundlePreload, bundleRenderer, bundleUpdater } from './bundles.ts';
import { markBuilt, newestSourceMs } from './freshness.ts';
import { writeParsed } from './parsed-files.ts';
import { distFolder, outFolder, root } from './paths.ts';
import { main } from './run.ts';
import { compileWording } from './wording.ts';

/** Data folders that the programs in `dist/node/` read, by their name there. */
const dataFolders: Readonly<Record<string, string>> = {
  profiles: 'native-bridge/terminals/profiles',
  udev: 'native-bridge/ports/udev',
  knowledge: 'native-bridge/terminals/knowledge',
  firmware: 'native-bridge/simulators/codebox/firmware',
};

/** Of these the programs read the parsed trees; a merchant's file stays as it is. */
const parsedFolders = ['profiles', 'knowledge'];

/** Files of packages that the programs in `dist/node/` read, by their name there. */
const packageFiles: Readonly<Record<string, string>> = {
  'zxing_reader.wasm': 'zxing-wasm/dist/reader/zxing_reader.wasm',
  'zxing_writer.wasm': 'zxing-wasm/dist/writer/zxing_writer.wasm',
};

/** `dist/` is replaced as a whole: a build that fails leaves the one before. */
export async function buildAll(): Promise<void> {
  const startedMs = performance.now();
  await mkdir(outFolder, { recursive: true });
  const fresh = await mkdtemp(join(outFolder, 'building-'));
  // Temporary folders are private; what is built is for every user of the machine.
  await chmod(fresh, 0o755);
  try {
    const sourcesMs = await newestSourceMs();
    await compileWording();
    await Promise.all(
      [bundleNode, bundleMain, bundlePreload, bundleUpdater, bundleRenderer].map((bundle) =>
        bundle(fresh),
      ),
    );
    const programs = join(fresh, 'node');
    for (const [name, source] of Object.entries(dataFolders)) {
      await cp(join(root, source), join(programs, name), { recursive: true });
    }
    for (const name of parsedFolders) await writeParsed(join(programs, name));
    for (const [name, source] of Object.entries(packageFiles)) {
      await cp(join(root, 'node_modules', source), join(programs, name));
    }
    await cp(join(root, 'build', 'icons', 'icon.png'), join(fresh, 'electron', 'icon.png'));
    await chmod(join(programs, 'pos-bench.js'), 0o755);
    await markBuilt(fresh, sourcesMs);
    await rm(distFolder, { recursive: true, force: true });
    await rename(fresh, distFolder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  console.log(`Built dist/ in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}

await main(import.meta, buildAll);
