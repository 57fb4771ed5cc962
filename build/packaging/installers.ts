/**
 * The installers: each is made on the system it is for. What can't be made here is named with its
 * reason, and where that is no foreign system's, the command's exit code is 1.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Arch, build, Platform, type Configuration } from 'electron-builder';
import type { FoundElectron } from '../electron.ts';
import { outFolder, root } from '../paths.ts';
import { BuildFailure } from '../run.ts';
import { appConfig } from './app-config.ts';
import { makeDebianPackage } from './debian.ts';

const installersFolder = join(outFolder, 'installers');

type BuilderArch = 'x64' | 'arm64' | 'universal';

/** An app that is not in an installer yet; electron-builder changes a configuration it is given. */
interface Unpacked {
  readonly folder: string;
  readonly config: () => Promise<Configuration>;
}

interface Job {
  readonly name: string;
  readonly platform: 'linux' | 'win32' | 'darwin';
  readonly arch: BuilderArch;
  /** From the unpacked app in this folder; returns the installer's file. */
  readonly make: (unpacked: Unpacked) => Promise<string>;
}

const jobs: readonly Job[] = [
  ...(['x64', 'arm64'] as const).flatMap((arch): Job[] => [
    {
      name: `Debian package, ${arch}`,
      platform: 'linux',
      arch,
      make: ({ folder }) => makeDebianPackage(folder, arch, installersFolder),
    },
    byBuilder('AppImage', 'AppImage', 'linux', arch),
    byBuilder('Windows installer', 'nsis', 'win32', arch),
  ]),
  byBuilder('macOS disk image', 'dmg', 'darwin', 'universal'),
  // What the updater takes; people take the disk image.
  byBuilder('macOS archive', 'zip', 'darwin', 'universal'),
];

const systemNames = { linux: 'Linux', win32: 'Windows', darwin: 'macOS' } as const;
const builderPlatforms = {
  linux: Platform.LINUX,
  win32: Platform.WINDOWS,
  darwin: Platform.MAC,
} as const;

/** Returns the exit code. */
export async function makeInstallers(
  electron: FoundElectron,
  feed: string | null,
): Promise<number> {
  await rm(installersFolder, { recursive: true, force: true });
  await mkdir(installersFolder, { recursive: true });
  const said: string[] = [];
  let failed = 0;
  const here = jobs.filter(({ platform }) => platform === process.platform);
  for (const arch of new Set(here.map((job) => job.arch))) {
    const unpacked = await unpackedApp(electron, arch, feed).catch(reason);
    for (const job of here.filter((each) => each.arch === arch)) {
      const made =
        typeof unpacked === 'string'
          ? { why: unpacked }
          : await job.make(unpacked).then((file) => ({ file }), failure);
      if ('file' in made) said.push(`✓ ${job.name}: ${made.file}`);
      else {
        failed += 1;
        said.push(`✕ ${job.name}: not made. ${made.why}`);
      }
    }
  }
  for (const { name, platform } of jobs.filter((job) => !here.includes(job))) {
    said.push(`– ${name}: is made on ${systemNames[platform]}`);
  }
  console.log(`\n${said.join('\n')}`);
  if (electron.source === 'npm copy') {
    console.log(
      `\nBuilt on Electron ${electron.version}, the copy for machines that reach only the npm ` +
        'registry: for trying out, not for giving away.',
    );
  }
  return failed === 0 ? 0 : 1;
}

/** Throws what electron-builder throws, BuildFailure. */
async function unpackedApp(
  { version, distFolder }: FoundElectron,
  arch: BuilderArch,
  feed: string | null,
): Promise<Unpacked> {
  const { platform } = process as { readonly platform: Job['platform'] };
  const own = arch === process.arch;
  const output = join(outFolder, 'unpacked', arch);
  const config = () =>
    appConfig(
      { platform, arch },
      { version, distFolder: own ? distFolder : undefined },
      output,
      feed,
    );
  const targets = builderPlatforms[platform].createTarget(['dir'], Arch[arch]);
  await build({ projectDir: root, config: await config(), targets, publish: 'never' });
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  const name = {
    linux: `linux${suffix}-unpacked`,
    win32: `win${suffix}-unpacked`,
    darwin: `mac${suffix}`,
  };
  return { folder: join(output, name[platform]), config };
}

function byBuilder(
  name: string,
  target: string,
  platform: Job['platform'],
  arch: BuilderArch,
): Job {
  return {
    name: `${name}, ${arch}`,
    platform,
    arch,
    make: async ({ folder, config: fresh }) => {
      const config = await fresh();
      const [file] = await build({
        projectDir: root,
        prepackaged: folder,
        publish: 'never',
        targets: builderPlatforms[platform].createTarget([target], Arch[arch]),
        config: { ...config, directories: { ...config.directories, output: installersFolder } },
      });
      if (file === undefined) throw new BuildFailure('electron-builder made no file.');
      return file;
    },
  };
}

const failure = (error: unknown) => ({ why: reason(error) });

/** In one line: what electron-builder throws may be a page long. */
function reason(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const [, host] = /(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT) (\S+)/.exec(line) ?? [];
  if (host !== undefined)
    return `What it is built with is fetched from ${host}, which is not reachable.`;
  return line.slice(0, 300);
}
