/**
 * The guest's kernel: the one this machine's Debian repository has now, fetched as a package and
 * unpacked without being installed. Of its modules only those that the lab needs are kept, in the
 * order in which they are to be loaded.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheFolder } from '../../../build/paths.ts';
import { fail, run } from '../../../build/run.ts';

export interface GuestKernel {
  readonly image: string;
  /** Module files in loading order. */
  readonly modules: readonly string[];
}

const wanted = [
  ...['virtio_pci', '9pnet_virtio', '9p', 'overlay'],
  ...['usbmon', 'dummy_hcd', 'cdc_acm', 'libcomposite', 'usb_f_acm', 'usb_f_fs'],
];
/** Part of the cache's name: raise it when the list above or the steps below change. */
const recipe = 1;
const fetchTimeoutMs = 300_000;

/** Debian's name of this machine's architecture: a guest of the same runs the same programs. */
export function architecture(): 'amd64' | null {
  return process.arch === 'x64' ? 'amd64' : null;
}

/** From the cache where it is there. */
export async function guestKernel(): Promise<GuestKernel> {
  const name = await kernelPackage();
  const folder = join(cacheFolder, `${name}-usb-lab-${recipe}`);
  if (!existsSync(folder)) {
    await mkdir(cacheFolder, { recursive: true });
    const work = await mkdtemp(join(cacheFolder, 'unpacking-'));
    try {
      await unpackInto(work, name);
      // Another run may have been faster; its folder is as good.
      await rename(join(work, 'kernel'), folder).catch((error: unknown) => {
        if (!existsSync(folder)) throw error;
      });
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  const modules = (await readdir(folder)).filter((file) => file.endsWith('.ko')).sort();
  return { image: join(folder, 'vmlinuz'), modules: modules.map((file) => join(folder, file)) };
}

/** `linux-image-amd64` is empty and depends on the newest: `linux-image-6.1.0-56-amd64`. */
async function kernelPackage(): Promise<string> {
  const name = (await newestKernel()) ?? (await updateLists(), await newestKernel());
  return name ?? fail('The package lists name no kernel. Run apt-get update.');
}

async function newestKernel(): Promise<string | null> {
  const args = ['depends', `linux-image-${architecture()}`];
  const { output } = await run('apt-cache', args, { quiet: true });
  return /Depends: (linux-image-[0-9][\w.+-]*)/.exec(output)?.[1] ?? null;
}

/** A new machine has no package lists, an old one such as name what is gone. */
async function updateLists(): Promise<void> {
  if (process.getuid?.() !== 0) return;
  await run('apt-get', ['update', '-qq'], { quiet: true, timeoutMs: fetchTimeoutMs });
}

async function unpackInto(work: string, name: string): Promise<void> {
  console.log(`Fetching ${name} (70 MB, once)`);
  const fetch = () => run('apt-get', ['download', name], { ...quietIn(work) });
  let fetched = await fetch();
  if (fetched.code !== 0) {
    await updateLists();
    fetched = await fetch();
  }
  const file = (await readdir(work)).find((entry) => entry.endsWith('.deb'));
  if (file === undefined) fail(`apt-get could not fetch ${name}. ${fetched.output}`);
  const root = join(work, 'root');
  await must('dpkg', ['-x', join(work, file), root]);
  const release = name.replace(/^linux-image-/, '');
  await must('/sbin/depmod', ['-b', root, release]);
  await keep(root, release, join(work, 'kernel'));
}

async function keep(root: string, release: string, folder: string): Promise<void> {
  await mkdir(folder);
  await copyFile(join(root, 'boot', `vmlinuz-${release}`), join(folder, 'vmlinuz'));
  const args = ['-d', root, '-S', release, '-a', '--show-depends', ...wanted];
  const lines = (await must('/sbin/modprobe', args)).split('\n');
  const files = lines.flatMap((line) => /^insmod (\S+)/.exec(line)?.[1] ?? []);
  for (const [index, file] of [...new Set(files)].entries()) {
    const order = String(index).padStart(2, '0');
    await copyFile(file, join(folder, `${order}-${basename(file)}`));
  }
  await writeFile(join(folder, 'release'), `${release}\n`);
}

async function must(command: string, args: readonly string[]): Promise<string> {
  const { code, output } = await run(command, args, { quiet: true, timeoutMs: fetchTimeoutMs });
  if (code !== 0) fail(`${command} ${args.join(' ')}: ${output}`);
  return output;
}

function quietIn(cwd: string) {
  return { cwd, quiet: true, timeoutMs: fetchTimeoutMs };
}
