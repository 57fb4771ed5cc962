/**
 * Which ports there are: serial ones as the system's device database lists them, else by their tty
 * nodes, and the USB devices that have another door (usb-devices.ts). Listing opens no port: what
 * looks like a terminal may be someone's lathe.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { withDeadline } from './deadline.ts';
import { portsOf, type DiscoveredPort } from './discovered-port.ts';
import { pause } from './pause.ts';
import { listSystemPorts, type SystemPort } from './serial-binding.ts';
import { isDead, ttyNodes, usbFacts, type TtyFolders } from './tty-nodes.ts';
import { listUsbDevices, type UsbDevice, type UsbSources } from './usb-devices.ts';
import { usbGlance } from './usb-sysfs.ts';

export type { DiscoveredPort } from './discovered-port.ts';

export interface DiscoveredPorts {
  readonly ports: readonly DiscoveredPort[];
  /** `tty-nodes`: no device database answered. */
  readonly listedBy: 'system' | 'tty-nodes';
}

/** Where a list comes from; the defaults are this machine. */
export interface DiscoverySources extends TtyFolders {
  /** May reject, as serialport does where there is no udevadm. */
  readonly listSystem: () => Promise<SystemPort[]>;
  readonly listUsb: (sources: UsbSources) => Promise<UsbDevice[]>;
  readonly timeoutMs: number;
}

const thisMachine: DiscoverySources = {
  listSystem: listSystemPorts,
  listUsb: listUsbDevices,
  timeoutMs: 3000,
  devFolder: '/dev',
  sysFolder: '/sys',
  platform: process.platform,
};

export async function listPorts(sources: Partial<DiscoverySources> = {}): Promise<DiscoveredPorts> {
  const { serial, usb, listedBy } = await find({ ...thisMachine, ...sources });
  return { ports: portsOf(serial, usb), listedBy };
}

/** What there is, before it is put into one shape. */
interface Found {
  readonly serial: readonly SystemPort[];
  readonly usb: readonly UsbDevice[];
  readonly listedBy: DiscoveredPorts['listedBy'];
}

async function find(from: DiscoverySources): Promise<Found> {
  const [bySystem, usb] = await Promise.all([inTime(() => from.listSystem(), from), usbNow(from)]);
  if (bySystem) return { serial: await describe(bySystem, from), usb, listedBy: 'system' };
  const serial = from.platform === 'win32' ? [] : await ttyNodes(from);
  return { serial, usb, listedBy: 'tty-nodes' };
}

async function usbNow(from: DiscoverySources): Promise<readonly UsbDevice[]> {
  return (await inTime(() => from.listUsb(from), from)) ?? [];
}

/** null: it failed, or takes too long. */
function inTime<T>(list: () => Promise<T>, { timeoutMs }: DiscoverySources): Promise<T | null> {
  const work = Promise.resolve().then(list);
  return withDeadline(work, { timeoutMs }, { port: 'list', late: 'port-silent' }).catch(() => null);
}

/**
 * The list at once and after every change, until the signal fires. On Linux the device folder and
 * the USB devices in /sys are looked at, and what came or went is told at once; the database learns of a device later
 * than the folder does and may take seconds to ask, so it is asked beside that, until it was asked
 * about the folder as it is.
 */
export async function* watchPorts(
  { signal, intervalMs }: { readonly signal: AbortSignal; readonly intervalMs: number },
  sources: Partial<DiscoverySources> = {},
): AsyncGenerator<DiscoveredPorts, void, void> {
  const from = { ...thisMachine, ...sources };
  const looksMatter = from.platform === 'linux';
  let list = await find(from);
  let told = '';
  let look: string | null = null;
  let asked: Asked | null = null;
  /** How often the database is still to be asked: the first time may have been too early. */
  let owed = 1;
  while (!stopped(signal)) {
    const earlier = look;
    look = looksMatter ? await glance(from) : null;
    const moved = earlier !== null && look !== earlier;
    if (moved) owed = 2;
    const answer = asked?.answer ?? null;
    if (answer && asked?.look === look) list = looksMatter ? await asOfNow(answer, from) : answer;
    else if (moved) list = await asOfNow(list, from);
    if (answer) asked = null;
    if (asked === null && (owed > 0 || !looksMatter)) {
      owed -= 1;
      asked = ask(look, from);
    }
    const ports = portsOf(list.serial, list.usb);
    const text = JSON.stringify([ports, list.listedBy]);
    if (text !== told && !stopped(signal)) {
      told = text;
      yield { ports, listedBy: list.listedBy };
    }
    await pause(intervalMs, signal);
  }
}

/** A question to the database, about the device folder as it looked then. */
interface Asked {
  readonly look: string | null;
  answer: Found | null;
}

function ask(look: string | null, from: DiscoverySources): Asked {
  const asked: Asked = { look, answer: null };
  void find(from).then((list) => (asked.answer = list));
  return asked;
}

/** What is left of a list, with what came since. */
async function asOfNow({ serial, listedBy }: Found, from: DiscoverySources): Promise<Found> {
  const names = new Set(await readdir(from.devFolder).catch(() => []));
  const found = new Map(serial.map((port) => [port.path, port]));
  for (const path of found.keys()) if (!names.has(basename(path))) found.delete(path);
  for (const node of await ttyNodes(from)) {
    if (node.vendorId !== undefined || !found.has(node.path)) found.set(node.path, node);
  }
  return { serial: [...found.values()], usb: await usbNow(from), listedBy };
}

/** TypeScript takes a signal that was not fired before for one that never fires. */
function stopped(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** The tty nodes with the time they were made, and the USB devices, as one text. */
async function glance({ devFolder, sysFolder }: DiscoverySources): Promise<string> {
  const names = (await readdir(devFolder).catch(() => [])).filter((name) =>
    /^(?:tty[A-Za-z]|rfcomm)/.test(name),
  );
  const times = await Promise.all(
    names.map(async (name) => {
      const info = await stat(`${devFolder}/${name}`).catch(() => null);
      return `${name} ${info?.ino ?? 0} ${info?.birthtimeMs ?? 0}`;
    }),
  );
  return `${times.sort().join('\n')}\n${await usbGlance(sysFolder)}`;
}

async function describe(
  found: readonly SystemPort[],
  from: DiscoverySources,
): Promise<SystemPort[]> {
  const merged: SystemPort[] = [];
  for (const port of found) {
    const name = basename(port.path);
    if (from.platform === 'linux' && (await isDead(name, from.sysFolder))) continue;
    const known = from.platform === 'linux' ? await usbFacts(name, from) : {};
    const locationId = known.locationId ?? placeIn(port.locationId, from);
    merged.push({
      ...known,
      ...withoutUndefined(port),
      path: callOut(port.path, from),
      locationId,
    });
  }
  return merged;
}

/**
 * Windows tells of an interface, which is not the same for one device's ports. macOS: the bus in the
 * highest byte, then a digit for each socket on the way (`14230000` is `20-2.3`), as libusb has it.
 */
function placeIn(
  locationId: string | undefined,
  { platform }: DiscoverySources,
): string | undefined {
  if (platform === 'win32') return undefined;
  const [, bus, sockets] = /^(?:0x)?([0-9a-f]{2})([0-9a-f]{6})$/i.exec(locationId ?? '') ?? [];
  if (platform !== 'darwin' || bus === undefined || sockets === undefined) return locationId;
  const digits = sockets.replace(/0+$/, '').match(/./g) ?? [];
  const path = digits.map((digit) => parseInt(digit, 16)).join('.');
  return `${parseInt(bus, 16)}-${path}`;
}

/** macOS: opening a `tty.` node waits for a modem's carrier, its `cu.` twin does not. */
function callOut(path: string, { platform }: DiscoverySources): string {
  return platform === 'darwin' ? path.replace(/^\/dev\/tty\./, '/dev/cu.') : path;
}

function withoutUndefined(port: SystemPort): SystemPort {
  const entries = Object.entries(port).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as unknown as SystemPort;
}
