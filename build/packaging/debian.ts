/**
 * The package for Debian and Ubuntu, made by `dpkg-deb` from the unpacked app: electron-builder's own
 * way needs a download of fpm, and knows no second command. Beside the app it brings the shell
 * (`pos-bench`), the udev rule, and the icon. Layout: Debian Policy, chapters 5, 8 and 10.
 */
import {
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../paths.ts';
import { fail, run } from '../run.ts';

const udevRule = '70-pos-bench.rules';
const iconSizesPx = [16, 24, 32, 48, 64, 128, 256, 512];
const debianArchs = { x64: 'amd64', arm64: 'arm64', universal: 'all' } as const;

/** What Chromium is linked with and opens at run time, as Electron's own packages name it. */
const depends = [
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libc6 (>= 2.28)',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnotify4',
  'libnss3',
  'libudev1',
  'libxtst6',
  'xdg-utils',
];

const udevScript = `#!/bin/sh
set -e
# The rule lets people at this computer open terminals; devices that are plugged in now get it too.
if command -v udevadm >/dev/null 2>&1 && [ -S /run/udev/control ]; then
  udevadm control --reload
  udevadm trigger --subsystem-match=usb --subsystem-match=tty
fi
`;

/** Returns the file. Throws BuildFailure. */
export async function makeDebianPackage(
  unpacked: string,
  arch: keyof typeof debianArchs,
  folder: string,
): Promise<string> {
  const { version, description, author } = await manifest();
  const tree = await mkdtemp(join(tmpdir(), 'pos-bench-deb-'));
  try {
    // A temporary folder is private, and this one becomes the system's root.
    await chmod(tree, 0o755);
    await layOut(unpacked, tree);
    const control = {
      Package: 'pos-bench',
      Version: version,
      Section: 'electronics',
      Priority: 'optional',
      Architecture: debianArchs[arch],
      'Installed-Size': String(await kibibytes(tree)),
      Maintainer: `${author} <maintainers@posbench.example>`,
      Depends: depends.join(', '),
      Recommends: 'fonts-noto-cjk, socat',
      Description: `${description}\n POS Bench reads, corrects and flashes payment terminals over USB and serial lines.`,
    };
    const lines = Object.entries(control).map(([name, value]) => `${name}: ${value}\n`);
    await put(tree, 'DEBIAN/control', lines.join(''));
    await put(tree, 'DEBIAN/postinst', udevScript, 0o755);
    await put(tree, 'DEBIAN/postrm', udevScript, 0o755);
    const file = join(folder, `pos-bench-${version}-linux-${debianArchs[arch]}.deb`);
    // Read by dpkg since Debian 12 and Ubuntu 22.04; xz takes minutes for three per cent.
    const built = await run('dpkg-deb', ['--root-owner-group', '-Zzstd', '--build', tree, file], {
      quiet: true,
    });
    if (built.code === 127) fail('dpkg-deb is not on this system: it comes with Debian’s dpkg.');
    if (built.code !== 0) fail(`dpkg-deb failed: ${built.output.trim()}`);
    return file;
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

async function layOut(unpacked: string, tree: string): Promise<void> {
  const app = join(tree, 'opt', 'pos-bench');
  await mkdir(dirname(app), { recursive: true });
  await cp(unpacked, app, { recursive: true, verbatimSymlinks: true });
  // Chromium's own sandbox where the kernel gives people no namespaces of their own.
  await chmod(join(app, 'chrome-sandbox'), 0o4755);
  await link(tree, 'usr/bin/pos-bench', '../../opt/pos-bench/resources/shell/pos-bench');
  await link(tree, 'usr/bin/pos-bench-desktop', '../../opt/pos-bench/pos-bench');
  await copy(tree, `usr/lib/udev/rules.d/${udevRule}`, `native-bridge/ports/udev/${udevRule}`);
  await copy(tree, 'usr/share/doc/pos-bench/copyright', 'LICENSE');
  await copy(tree, 'usr/share/applications/pos-bench.desktop', 'build/packaging/pos-bench.desktop');
  const icons = 'usr/share/icons/hicolor';
  await copy(tree, `${icons}/scalable/apps/pos-bench.svg`, 'build/icons/icon.svg');
  for (const size of iconSizesPx) {
    const png = `build/icons/png/${size}x${size}.png`;
    await copy(tree, `${icons}/${size}x${size}/apps/pos-bench.png`, png);
  }
}

async function manifest() {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  return JSON.parse(text) as Record<'version' | 'description' | 'author', string>;
}

async function copy(tree: string, to: string, from: string): Promise<void> {
  await put(tree, to, await readFile(join(root, from)));
}

async function put(tree: string, to: string, content: string | Uint8Array, mode = 0o644) {
  await mkdir(join(tree, dirname(to)), { recursive: true });
  await writeFile(join(tree, to), content, { mode });
}

async function link(tree: string, at: string, target: string): Promise<void> {
  await mkdir(join(tree, dirname(at)), { recursive: true });
  await symlink(target, join(tree, at));
}

async function kibibytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    const found = await lstat(join(folder, name));
    if (found.isFile()) bytes += found.size;
  }
  return Math.ceil(bytes / 1024);
}
