/**
 * Programs of another Debian release, with all the libraries they need, unpacked into a folder of
 * the cache: nothing is installed. They come from the Debian mirror that this machine's apt uses, and
 * apt checks their signatures.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../build/paths.ts';
import { run } from '../../build/run.ts';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The folder that holds what would be `/`. Rejects with one sentence that says what is missing. */
export async function debianPackages(release: string, names: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(names.join(' ')).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, `debian-${release}-${hash}`);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder, { recursive: true });
  const work = await mkdtemp(join(cacheFolder, 'unpacking-'));
  try {
    await fetchInto(work, release, names);
    await rename(join(work, 'root'), folder).catch((error: unknown) => {
      // Another run may have been faster; its folder is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

async function fetchInto(work: string, release: string, names: readonly string[]): Promise<void> {
  const sources = `deb [signed-by=${keyring}] ${await debianMirror()} ${release} main\n`;
  await writeFile(join(work, 'sources.list'), sources);
  // No package counts as installed, so that every library comes along.
  await writeFile(join(work, 'status'), '');
  await mkdir(join(work, 'lists', 'partial'), { recursive: true });
  await mkdir(join(work, 'cache', 'archives', 'partial'), { recursive: true });
  const settings = [
    `Dir::Etc::sourcelist=${join(work, 'sources.list')}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::lists=${join(work, 'lists')}`,
    `Dir::State::status=${join(work, 'status')}`,
    `Dir::Cache=${join(work, 'cache')}`,
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
  ].flatMap((setting) => ['-o', setting]);
  const install = ['-y', '--no-install-recommends', '--download-only', 'install', ...names];
  for (const step of [['update'], install]) {
    const { code, output } = await run('apt-get', [...settings, ...step], {
      quiet: true,
      timeoutMs: 300_000,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (code !== 0) throw missing(`apt-get ${step[0]} failed for ${release}: ${output.trim()}`);
  }
  const archives = join(work, 'cache', 'archives');
  for (const name of (await readdir(archives)).filter((file) => file.endsWith('.deb'))) {
    const target = join(work, 'root');
    const { code, output } = await run('dpkg', ['-x', join(archives, name), target], {
      quiet: true,
    });
    if (code !== 0) throw missing(`${name} could not be unpacked: ${output.trim()}`);
  }
}

/** The one that this machine's own packages come from. */
async function debianMirror(): Promise<string> {
  const targets = ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'];
  const { code, output } = await run('apt-get', targets, { quiet: true });
  const mirror = output.split('\n').find((uri) => /\/debian\/?$/.test(uri.trim()));
  if (code !== 0 || mirror === undefined || !existsSync(keyring)) {
    throw missing('this is no Debian, or its apt names no Debian mirror');
  }
  return mirror.trim();
}

function missing(why: string): Error {
  return new Error(
    `Run this on Debian with apt, dpkg, debian-archive-keyring and a reachable mirror: ${why}`,
  );
}
