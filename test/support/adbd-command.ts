/** How the real adbd is started from where Debian 13's packages were unpacked. */
import { join } from 'node:path';

const libraries = 'usr/lib/x86_64-linux-gnu';

/** `options`: of the loader. */
export function adbdCommand(
  root: string,
  options: readonly string[],
): readonly [string, ...string[]] {
  return loaded(root, join(root, 'usr/lib/android-sdk/platform-tools/adbd'), options);
}

/** The program with the C library of its own release. */
export function loaded(
  root: string,
  program: string,
  options: readonly string[],
): readonly [string, ...string[]] {
  const paths = [join(root, libraries), join(root, libraries, 'android')].join(':');
  const loader = join(root, 'usr/lib64/ld-linux-x86-64.so.2');
  return [loader, '--library-path', paths, ...options, program];
}
