/**
 * What the tests need from the system, besides Node: libraries that Electron is linked with, a
 * display without a screen, Chinese letters, pairs of pseudo terminals, other people's tools for
 * Android’s files, signatures and PDFs, and a virtual machine with what it starts from. As root on Debian or Ubuntu what
 * is missing is installed; elsewhere it is named.
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
  readonly part: 'app' | 'lines' | 'files' | 'usb';
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
  { packages: ['bsdutils'], program: 'script', part: 'lines' },
  { packages: ['openssl'], program: 'openssl', part: 'files' },
  { packages: ['android-sdk-libsparse-utils'], program: 'img2simg', part: 'files' },
  { packages: ['apksigner'], program: 'apksigner', part: 'files' },
  { packages: ['minisign'], program: 'minisign', part: 'files' },
  { packages: ['poppler-utils'], program: 'pdftotext', part: 'app' },
  { packages: ['adb'], program: 'adb', part: 'lines' },
  { packages: ['fastboot'], program: 'fastboot', part: 'lines' },
  { packages: ['qemu-system-x86'], program: 'qemu-system-x86_64', part: 'usb' },
  { packages: ['busybox-static'], program: 'busybox', part: 'usb' },
  { packages: ['cpio'], program: 'cpio', part: 'usb' },
  { packages: ['kmod'], program: 'depmod', part: 'usb' },
  { packages: ['udev'], program: 'udevadm', part: 'usb' },
  { packages: ['adb'], program: 'adb', part: 'usb' },
  { packages: ['fastboot'], program: 'fastboot', part: 'usb' },
];

export interface Missing {
  readonly packages: string[];
  readonly parts: ReadonlySet<Need['part']>;
}

/** Installs what these parts need and is missing, where it may; returns what is missing then. */
export async function prepareSystem(parts: readonly Need['part'][]): Promise<Missing> {
  const wanted = needs.filter(({ part }) => parts.includes(part));
  if (process.platform !== 'linux') return describe([]);
  if (!onPath('apt-get') || !onPath('dpkg-query')) {
    return describe(wanted.filter(({ program }) => program !== undefined && !onPath(program)));
  }
  let missing = await notInstalled(wanted);
  if (missing.length > 0 && process.getuid?.() === 0) {
    await install(missing);
    missing = await notInstalled(wanted);
  }
  return describe(missing);
}

/** The sentence for people who have to install it themselves. */
export function howToInstall({ packages }: Missing): string {
  const names = packages.join(' ');
  if (!onPath('apt-get')) return `Missing on this system (names as in Debian): ${names}`;
  return `Missing on this system: ${names}. Install with: sudo apt-get install ${names}`;
}

async function describe(missing: readonly Need[]): Promise<Missing> {
  const names = await Promise.all(missing.map(nameHere));
  return {
    packages: missing.map(({ packages }, index) => names[index] ?? packages[0] ?? ''),
    parts: new Set(missing.map(({ part }) => part)),
  };
}

async function notInstalled(wanted: readonly Need[]): Promise<Need[]> {
  const names = wanted.flatMap(({ packages }) => packages);
  // A package that was never known makes the exit code 1; the others are listed all the same.
  const format = '-f=${Package} ${db:Status-Status}\\n';
  const { output } = await run('dpkg-query', ['-W', format, ...names], { quiet: true });
  const installed = new Set(output.split('\n').filter((line) => line.endsWith(' installed')));
  return wanted.filter(
    ({ packages }) => !packages.some((name) => installed.has(`${name} installed`)),
  );
}

async function install(missing: readonly Need[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const names = async () =>
    (await Promise.all(missing.map(nameHere))).filter((name) => name !== null);
  const update = () => run('apt-get', ['update', '-qq'], { env });
  const install = async () =>
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...(await names())], {
      env,
    });
  // On a fresh machine the lists are empty, on another they may be too old to fetch from.
  if ((await names()).length < missing.length) await update();
  if ((await install()).code === 0) return;
  await update();
  await install();
}

/** The package's name in this release; null where it has none, or no lists yet. */
async function nameHere({ packages }: Need): Promise<string | null> {
  for (const name of packages) {
    const { output } = await run('apt-cache', ['policy', name], { quiet: true });
    // A purely virtual package (libasound2 on Ubuntu 24.04) has no version to install.
    if (/Candidate: (?!\(none\))\S/.test(output)) return name;
  }
  return null;
}

function onPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}

await main(import.meta, async () => {
  const missing = await prepareSystem(['app', 'lines', 'files', 'usb']);
  if (missing.packages.length === 0) return 0;
  console.error(howToInstall(missing));
  return 1;
});
