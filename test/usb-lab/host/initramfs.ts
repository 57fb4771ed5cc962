/** What the guest starts from: busybox, the modules and `init`, as a cpio archive. */
import { chmod, copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fail, run } from '../../../build/run.ts';
import type { GuestKernel } from './guest-kernel.ts';

const folders = ['bin', 'dev', 'proc', 'sys', 'host', 'scratch', 'newroot', 'modules'];
const applets = ['sh', 'mount', 'mkdir', 'insmod', 'switch_root'];

/** `told`: what the guest is told, as shell variables. Returns the archive's path. */
export async function makeInitramfs(
  kernel: GuestKernel,
  work: string,
  told: Readonly<Record<string, string>>,
): Promise<string> {
  const tree = join(work, 'initramfs');
  await rm(tree, { recursive: true, force: true });
  for (const folder of folders) await mkdir(join(tree, folder), { recursive: true });
  const busybox = await run('sh', ['-c', 'command -v busybox'], { quiet: true });
  await copyFile(busybox.output.trim(), join(tree, 'bin', 'busybox'));
  for (const applet of applets) await symlink('busybox', join(tree, 'bin', applet));
  for (const file of kernel.modules) await copyFile(file, join(tree, 'modules', basename(file)));
  await copyFile(join(import.meta.dirname, '../guest/init.sh'), join(tree, 'init'));
  await chmod(join(tree, 'init'), 0o755);
  const lines = Object.entries(told).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  await writeFile(join(tree, 'lab.env'), lines.join(''));
  const archive = join(work, 'initramfs.cpio');
  const script = `find . | cpio --create --format=newc --quiet > ${quoted(archive)}`;
  const { code, output } = await run('sh', ['-c', script], { cwd: tree, quiet: true });
  if (code !== 0) fail(`cpio: ${output}`);
  return archive;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
