/**
 * `pm clear` and what `pm help` says of it (AOSP, PackageManagerShellCommand, runClear and onHelp). Android
 * 13 can clear a cache alone. Before, anything but `--user` in front of the name is passed over, and the
 * data goes. Where the shell lacks INTERNAL_DELETE_CACHE_FILES, as on most builds, 13 and later log that
 * they ignore it and never call back, so that the command does not end.
 */
import type { Device } from '../device/device.ts';
import { sleep } from '../shell/io.ts';
import { lines, type Call, type PlainCommand } from '../shell/command.ts';

const CACHE_ONLY_SDK = 33;
const NEVER_MS = 3_600_000;

export async function clear({ args, io, device, signal }: Call): Promise<number> {
  const { options, name } = parsed(args);
  const cacheOnly = knowsCacheOnly(device) && options.includes('--cache-only');
  if (name === '') {
    await io.stderr(Buffer.from('Error: no package specified\n'));
    return 1;
  }
  if (cacheOnly && device.faults.has('cache-clear-ignored')) {
    const text = `Calling uid 2000 does not have ${PERMISSION}, silently ignoring`;
    device.log.add('W', 'PackageManager', text);
    await sleep(NEVER_MS, signal);
  }
  const isThere = device.packages.clear(name, cacheOnly ? 'cache' : 'data');
  await (isThere ? io.stdout : io.stderr)(Buffer.from(isThere ? 'Success\n' : 'Failed\n'));
  return isThere ? 0 : 1;
}

const PERMISSION = 'android.permission.INTERNAL_DELETE_CACHE_FILES';

const knowsCacheOnly = ({ model }: Device): boolean => model.firmware.sdk >= CACHE_ONLY_SDK;

/** Options stand before the name; what stands behind it nobody looks at. */
function parsed(args: readonly string[]): { options: readonly string[]; name: string } {
  const options: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    if (!word.startsWith('-')) return { options, name: word };
    options.push(word);
    if (word === '--user') at += 1;
  }
  return { options, name: '' };
}

/** Up to Android 7 `pm` is a program of its own, and its help another. */
export const packageHelp: PlainCommand = (_, device) =>
  device.model.firmware.sdk < 26 ? { err: oldHelp, code: 1 } : { out: help(device) };

const oldHelp = lines(
  'usage: pm path [--user USER_ID] PACKAGE',
  '       pm dump PACKAGE',
  '       pm clear [--user USER_ID] PACKAGE',
  '       pm enable [--user USER_ID] PACKAGE_OR_COMPONENT',
  '       pm trim-caches DESIRED_FREE_SPACE [internal|UUID]',
  '',
  'pm clear: deletes all data associated with a package.',
);

const help = (device: Device): string =>
  lines(
    'Package manager (package) commands:',
    '  help',
    '    Print this help text.',
    '',
    '  path [--user USER_ID] PACKAGE',
    '    Print the path to the .apk of the given PACKAGE.',
    '',
    ...clearHelp(device),
    '',
    '  enable [--user USER_ID] PACKAGE_OR_COMPONENT',
    '  disable-user [--user USER_ID] PACKAGE_OR_COMPONENT',
    '  default-state [--user USER_ID] PACKAGE_OR_COMPONENT',
    '    These commands change the enabled state of a given package or',
    '    component (written as "package/class").',
    '',
    '  trim-caches DESIRED_FREE_SPACE [internal|UUID]',
    '    Trim cache files to reach the given free space.',
    '',
  );

function clearHelp(device: Device): readonly string[] {
  if (!knowsCacheOnly(device)) {
    return ['  clear [--user USER_ID] PACKAGE', '    Deletes all data associated with a package.'];
  }
  return [
    '  clear [--user USER_ID] [--cache-only] PACKAGE',
    '    Deletes data associated with a package. Options are:',
    '    --user: specifies the user for which we need to clear data',
    '    --cache-only: a flag which tells if we only need to clear cache data',
  ];
}
