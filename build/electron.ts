/**
 * Finds an Electron to run or to package, in this order: the folder that
 * ELECTRON_OVERRIDE_DIST_PATH names, the `electron` package's own download, and on Linux x64 the
 * copy in the npm registry (for tests, and for machines that reach only the registry).
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCopyOfElectron } from './electron-npm-copy.ts';
import { root } from './paths.ts';
import { fail, main, run } from './run.ts';

export interface FoundElectron {
  /** The folder that an Electron release unpacks to. */
  readonly distFolder: string;
  readonly version: string;
  readonly source: 'ELECTRON_OVERRIDE_DIST_PATH' | 'electron package' | 'npm copy';
}

export async function findElectron(): Promise<FoundElectron> {
  const found = (await overridden()) ?? (await ownDownload()) ?? (await npmCopy());
  if (!found) {
    fail(
      'No Electron can be had here: the download failed and the npm copy is for Linux x64 only. ' +
        'Unpack an Electron release and set ELECTRON_OVERRIDE_DIST_PATH to its folder.',
    );
  }
  console.log(`Electron ${found.version} (${found.source}): ${found.distFolder}`);
  return found;
}

/** The program inside an unpacked Electron release. */
export function electronProgram(distFolder: string): string {
  if (process.platform === 'darwin')
    return join(distFolder, 'Electron.app/Contents/MacOS/Electron');
  return join(distFolder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

async function overridden(): Promise<FoundElectron | null> {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (folder === undefined || folder === '') return null;
  const version = await versionIn(folder);
  if (version === null) {
    fail(`ELECTRON_OVERRIDE_DIST_PATH names no unpacked Electron release: ${folder}`);
  }
  return { distFolder: folder, version, source: 'ELECTRON_OVERRIDE_DIST_PATH' };
}

async function ownDownload(): Promise<FoundElectron | null> {
  const packageFolder = join(root, 'node_modules', 'electron');
  const folder = join(packageFolder, 'dist');
  if (!existsSync(electronProgram(folder))) {
    const installer = join(packageFolder, 'install.js');
    const installed = await run(process.execPath, [installer], { quiet: true, timeoutMs: 300_000 });
    if (installed.code !== 0) return null;
  }
  const version = await versionIn(folder);
  return version === null ? null : { distFolder: folder, version, source: 'electron package' };
}

async function npmCopy(): Promise<FoundElectron | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  return { ...(await npmCopyOfElectron()), source: 'npm copy' };
}

async function versionIn(folder: string): Promise<string | null> {
  if (!existsSync(electronProgram(folder))) return null;
  const text = await readFile(join(folder, 'version'), 'utf8').catch(() => null);
  return text?.trim().replace(/^v/, '') ?? null;
}

await main(import.meta, findElectron);
