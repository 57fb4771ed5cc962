/**
 * The shell inside the installed app, `resources/shell`: the same bundle once more with a Node of its
 * own, outside the archive, which nothing but the app reads. The app's simulated terminals run from
 * here too.
 */
import { chmod, cp, mkdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { nativeModules } from '../bundles.ts';
import { distFolder, root } from '../paths.ts';
import { shippedModules } from '../shipped-modules.ts';
import { nodeRuntime } from './node-runtime.ts';
import { ships, type Target } from './shipped-addons.ts';

/** `nodeArch`: of the Node. Throws BuildFailure where no Node can be had for that system. */
export async function copyShell(
  resources: string,
  target: Target,
  nodeArch: string,
): Promise<void> {
  const shell = join(resources, 'shell');
  const windows = target.platform === 'win32';
  await mkdir(shell, { recursive: true });
  const program = join(shell, windows ? 'node.exe' : 'node');
  await cp(await nodeRuntime(target.platform, nodeArch), program);
  await chmod(program, 0o755);
  const command = windows ? 'pos-bench.cmd' : 'pos-bench';
  await cp(join(root, 'build', 'shell', command), join(shell, command));
  await cp(join(root, 'package.json'), join(shell, 'package.json'));
  await cp(join(distFolder, 'node'), join(shell, 'dist', 'node'), { recursive: true });
  for (const folder of await shippedModules(nativeModules)) {
    await cp(join(root, folder), join(shell, folder), {
      recursive: true,
      filter: (path) => ships(relative(root, path).split(sep).join('/'), target),
    });
  }
}
