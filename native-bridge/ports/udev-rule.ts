/**
 * The rule with which Linux's device manager lets people open terminals (udev(7)). It lies in the
 * folder `udev/` beside this module; a bundle has its copy beside the bundle.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const name = '70-pos-bench.rules';
const installedPath = `/etc/udev/rules.d/${name}`;
/** Packages of distributions put theirs here. */
const packagedPath = `/usr/lib/udev/rules.d/${name}`;

export interface UdevRule {
  readonly text: string;
  /** Where it belongs. */
  readonly path: string;
  readonly installed: boolean;
}

export async function readUdevRule(): Promise<UdevRule> {
  const text = await readFile(new URL(`./udev/${name}`, import.meta.url), 'utf8');
  const installed = existsSync(installedPath) || existsSync(packagedPath);
  return { text, path: installedPath, installed };
}
