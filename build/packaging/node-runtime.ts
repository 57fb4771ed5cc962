/**
 * The Node that the shell is packaged with. For this system it is the one that the project itself
 * runs on (`node` in package.json); for another processor its package is fetched from the npm
 * registry once and kept in the cache.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, root } from '../paths.ts';
import { fail, run } from '../run.ts';

/** Path of the program. Throws BuildFailure where it can't be had. */
export async function nodeRuntime(platform: NodeJS.Platform, arch: string): Promise<string> {
  const program = platform === 'win32' ? 'node.exe' : 'node';
  if (platform === process.platform && arch === process.arch) {
    return join(root, 'node_modules', 'node', 'bin', program);
  }
  const folder = join(cacheFolder, `node-${await nodeVersion()}-${platform}-${arch}`);
  if (!existsSync(folder)) await fetchInto(folder, platform, arch);
  return join(folder, 'package', 'bin', program);
}

async function nodeVersion(): Promise<string> {
  const file = join(root, 'node_modules', 'node', 'package.json');
  return (JSON.parse(await readFile(file, 'utf8')) as { readonly version: string }).version;
}

async function fetchInto(folder: string, platform: NodeJS.Platform, arch: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const work = await mkdtemp(join(cacheFolder, 'unpacking-'));
  try {
    // As the package `node` names them.
    const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
    const name = `${prefix}-${platform === 'win32' ? 'win' : platform}-${arch}@${await nodeVersion()}`;
    const packed = await run('npm', ['pack', name, '--silent'], {
      cwd: work,
      quiet: true,
      timeoutMs: 600_000,
    });
    const [tarball] = (await readdir(work)).filter((file) => file.endsWith('.tgz'));
    if (packed.code !== 0 || tarball === undefined) {
      fail(`npm could not fetch ${name}: ${packed.output.trim()}`);
    }
    const untarred = await run('tar', ['-xzf', tarball], { cwd: work });
    if (untarred.code !== 0) fail(`tar could not unpack ${tarball}`);
    await rename(work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
