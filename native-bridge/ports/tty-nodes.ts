/**
 * Serial ports by their device nodes, where no device database answers, and what Linux says of a
 * node in /sys: the USB device behind it, and whether a built-in port has a chip at all.
 */
import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { SystemPort } from './serial-binding.ts';

export interface TtyFolders {
  readonly devFolder: string;
  readonly sysFolder: string;
  readonly platform: NodeJS.Platform;
}

const linuxNames = /^(?:tty(?:USB|ACM|AMA|S|XRUSB|WCH|O|mxc|THS|SC|PS)|rfcomm)[0-9]{1,4}$/;
/** The call-out nodes; those that macOS itself makes are no terminals. */
const macNames = /^cu\.(?!Bluetooth-Incoming-Port$|debug-console$|wlan-debug$)/;
const MAX_CLIMB = 8;
const MAX_VALUE_CHARACTERS = 256;

/** Names of the tty nodes there are, sorted; built-in ports without a chip are left out. */
export async function ttyNodes(folders: TtyFolders): Promise<SystemPort[]> {
  const names = (await readdir(folders.devFolder).catch(() => []))
    .filter((name) => (folders.platform === 'darwin' ? macNames : linuxNames).test(name))
    .sort(byNumber);
  const found: SystemPort[] = [];
  for (const name of names) {
    if (await isDead(name, folders.sysFolder)) continue;
    found.push({ path: `${folders.devFolder}/${name}`, ...(await usbFacts(name, folders)) });
  }
  return found;
}

/**
 * True for a node that the 8250 driver made for a chip that is not there: /sys/class/tty/ttyS4/type
 * is 0 (PORT_UNKNOWN). False where the system does not say.
 */
export async function isDead(name: string, sysFolder: string): Promise<boolean> {
  if (!/^ttyS[0-9]+$/.test(name)) return false;
  const type = await readFile(`${sysFolder}/class/tty/${name}/type`, 'utf8').catch(() => '');
  return type.trim() === '0';
}

/** The descriptors of the USB device that a node belongs to; {} for others. */
export async function usbFacts(
  name: string,
  { sysFolder }: TtyFolders,
): Promise<Omit<SystemPort, 'path'>> {
  let folder = await realpath(`${sysFolder}/class/tty/${name}/device`).catch(() => '');
  for (let climb = 0; folder.startsWith(sysFolder) && climb < MAX_CLIMB; climb++) {
    const vendorId = await value(folder, 'idVendor');
    if (vendorId !== undefined) {
      const [productId, manufacturer, product, serialNumber] = await Promise.all([
        value(folder, 'idProduct'),
        value(folder, 'manufacturer'),
        value(folder, 'product'),
        value(folder, 'serial'),
      ]);
      const names = { manufacturer, product, serialNumber };
      return { vendorId, productId, ...names, locationId: basename(folder) };
    }
    folder = dirname(folder);
  }
  return {};
}

async function value(folder: string, file: string): Promise<string | undefined> {
  const text = await readFile(`${folder}/${file}`, 'utf8').catch(() => '');
  return text.trim().slice(0, MAX_VALUE_CHARACTERS) || undefined;
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
