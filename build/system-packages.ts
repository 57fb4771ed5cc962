/**
 * What the tests need from the system, besides Node: libraries that Electron is linked with, a
 * display without a screen, Chinese letters, and pairs of pseudo terminals. As root on Debian or
 * Ubuntu what is missing is installed; elsewhere it is named.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { main, run } from './run.ts';

interface Need {
  /** Names of the package, newest Debian and Ubuntu last; one of them is enough. */
  readonly packages: readonly string[];
  /** The program it brings, where that is how to find it on another Linux. */
  readonly program?: string;
  /** Which tests cannot run without it. */
  readonly part: 'app' | 'lines';
}

const needs: readonly Need[] = [
  { packages: ['libgtk-3-0', 'libgtk-3-0t64'], part: 'app' },
  { packages: ['libnss3'], part: 'app' },
  { packages: ['libasound2', 'libasound2t64'], part: 'app' },
  { packages: ['libgbm1'], part: 'app' },
  { packages: ['xvfb'], program: 'xvfb-run', part: 'app' },
  { packages: ['xauth'], program: 'xauth', part: 'app' },
  { packages: ['fonts-noto-cjk'], part: 'app' },
  { packages: ['socat'], program: 'socat', part: 'lines' },
];

export interface Missing {
  readonly packages: string[];
  readonly parts: ReadonlySet<Need['part']>;
}

/** Installs what is missing where it may; returns what is missing then. */
export async function prepareSystem(): Promise<Missing> {
  if (process.platform !== 'linux') return describe([]);
  if (!onPath('apt-get') || !onPath('dpkg-query')) {
    return describe(needs.filter(({ program }) => program !== undefined && !onPath(program)));
  }
  const missing = await notInstalled();
  if (missing.length === 0 || process.getuid?.() !== 0) return describe(missing);
  await install(missing);
  return describe(await notInstalled());
}

/** The sentence for people who have to install it themselves. */
export function howToInstall({ packages }: Missing): string {
  const names = packages.join(' ');
  if (!onPath('apt-get')) return `Missing on this system (names as in Debian): ${names}`;
  return `Missing on this system: ${names}. Install with: sudo apt-get install ${names}`;
}

function describe(missing: readonly Need[]): Missing {
  return {
    packages: missing.map(({ packages }) => packages[0] ?? ''),
    parts: new Set(missing.map(({ part }) => part)),
  };
}

async function notInstalled(): Promise<Need[]> {
  const names = needs.flatMap(({ packages }) => packages);
  // A package that was never known makes the exit code 1; the others are listed all the same.
  const format = '-f=${Package} ${db:Status-Status}\\n';
  const { output } = await run('dpkg-query', ['-W', format, ...names], { quiet: true });
  const installed = new Set(output.split('\n').filter((line) => line.endsWith(' installed')));
  return needs.filter(
    ({ packages }) => !packages.some((name) => installed.has(`${name} installed`)),
  );
}

async function install(missing: readonly Need[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  // On a fresh machine the lists are empty or old.
  if ((await candidates(missing)).length < missing.length) {
    await run('apt-get', ['update', '-qq'], { env });
  }
  const install = async () =>
    run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', ...(await candidates(missing))],
      {
        env,
      },
    );
  if ((await install()).code === 0) return;
  await run('apt-get', ['update', '-qq'], { env });
  await install();
}

/** For each need the name that this release has. */
async function candidates(missing: readonly Need[]): Promise<string[]> {
  const found: string[] = [];
  for (const { packages } of missing) {
    for (const name of packages) {
      // A purely virtual package (libasound2 on Ubuntu 24.04) has no version to install.
      const { output } = await run('apt-cache', ['policy', name], { quiet: true });
      if (!/Candidate: (?!\(none\))\S/.test(output)) continue;
      found.push(name);
      break;
    }
  }
  return found;
}

function onPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}

await main(import.meta, async () => {
  const missing = await prepareSystem();
  if (missing.packages.length === 0) return 0;
  console.error(howToInstall(missing));
  return 1;
});
