/**
 * Programs of ours that tests start (the records' thread, the simulators, the shell) are the built ones
 * where the build is of the sources as they are now: the same code, and each starts in a fraction of
 * the time that hundreds of source files take. Elsewhere they are the sources.
 */
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { isBuildFresh } from '../../../build/freshness.ts';
import { distFolder } from '../../../build/paths.ts';

const here = import.meta.dirname;
/** Files that say where the programs are; those beside this one say it for tests. */
const places = ['worker-entry.ts', 'entry-points.ts'];

/** For the tests' processes; where the programs are is asked while they run, since Vitest keeps what it resolved. */
export const builtEnv: Readonly<Record<string, string>> = (await isBuildFresh())
  ? { POS_BENCH_BUILT: join(distFolder, 'node') }
  : {};

export function asBuilt(): Plugin {
  return {
    name: 'as-built',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer?.startsWith(here) === true) return null;
      const place = places.find((name) => source.endsWith(`/${name}`));
      return place === undefined ? null : join(here, place);
    },
  };
}
