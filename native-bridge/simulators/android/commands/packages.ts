/** `pm` and `cmd package`, but for what installs (install.ts). */
import { codePath } from '../dumpsys/package.ts';
import type { Package } from '../device/packages.ts';
import type { Device } from '../device/device.ts';
import type { Printed } from '../shell/command.ts';

export function packageManager([verb = '', ...given]: readonly string[], device: Device): Printed {
  const args = withoutUser(given);
  switch (verb) {
    case 'list':
      return args[0]?.startsWith('package') === true ? list(args.slice(1), device) : {};
    case 'path':
      return path(args[0] ?? '', device);
    case 'trim-caches':
      return trimCaches(args, device);
    case 'enable':
      return enable(args[0] ?? '', 'enabled', device);
    case 'disable-user':
      return enable(args[0] ?? '', 'disabled-user', device);
    case 'default-state':
      return enable(args[0] ?? '', 'default', device);
    case 'uninstall':
      return uninstall(args, device);
    default:
      return { err: `Unknown command: ${verb}\n`, code: 255 };
  }
}

function withoutUser(args: readonly string[]): string[] {
  const at = args.indexOf('--user');
  return at < 0 ? [...args] : args.toSpliced(at, 2);
}

function list(args: readonly string[], device: Device): Printed {
  const flags = args.filter((arg) => arg.startsWith('-')).join('');
  const [filter = ''] = args.filter((arg) => !arg.startsWith('-'));
  const shown = device.packages
    .list()
    .filter(({ name }) => name.includes(filter))
    .filter(({ system }) => !flags.includes('3') || !system)
    .filter(({ system }) => !flags.includes('s') || system)
    .filter(({ enabled }) => !flags.includes('d') || enabled === 'disabled-user')
    .filter(({ enabled }) => !flags.includes('e') || enabled !== 'disabled-user');
  const row = (found: Package): string => {
    const file = flags.includes('f') ? `${apkPath(found, device)}=` : '';
    const version = flags.includes('show-versioncode') ? ` versionCode:${found.versionCode}` : '';
    const user = flags.includes('U') ? ` uid:${found.userId}` : '';
    return `package:${file}${found.name}${version}${user}\n`;
  };
  return { out: shown.map(row).join('') };
}

function apkPath(found: Package, { model }: Device): string {
  const folder = codePath(found, model.firmware.sdk);
  const builtIn = found.system && found.apk === null;
  return `${folder}/${builtIn ? `${found.label.replace(/\s/g, '')}.apk` : 'base.apk'}`;
}

function path(name: string, device: Device): Printed {
  const found = device.packages.get(name);
  return found === undefined ? { code: 1 } : { out: `package:${apkPath(found, device)}\n` };
}

function enable(name: string, state: Package['enabled'], device: Device): Printed {
  if (!device.packages.setEnabled(name, state)) {
    return {
      err: `Error: java.lang.IllegalArgumentException: Unknown package: ${name}\n`,
      code: 255,
    };
  }
  const word = state === 'default' ? 'default' : state;
  return { out: `Package ${name} new state: ${word}\n` };
}

function uninstall(args: readonly string[], device: Device): Printed {
  const [name = ''] = args.filter((arg) => !arg.startsWith('-'));
  const found = device.packages.get(name);
  if (found === undefined) return { out: 'Failure [DELETE_FAILED_INTERNAL_ERROR]\n', code: 1 };
  if (found.system && found.apk === null)
    return { out: 'Failure [DELETE_FAILED_INTERNAL_ERROR]\n', code: 1 };
  device.packages.remove(name);
  return { out: 'Success\n' };
}

/** It takes the caches of all apps; which one is Android's affair (AOSP: `freeStorage`). */
function trimCaches([wanted = '']: readonly string[], device: Device): Printed {
  if (!/^\d+[kmgKMG]?$/.test(wanted)) return { err: 'Error: no size specified\n', code: 1 };
  device.packages.trimCaches();
  return {};
}
