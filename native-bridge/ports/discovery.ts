/**
 * Which serial ports there are: as the system's device database lists them, else by their tty
 * nodes. Listing opens no port: what looks like a terminal may be someone's lathe.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { formatAddress } from './address.ts';
import { withDeadline } from './deadline.ts';
import { listSystemPorts, type SystemPort } from './serial-binding.ts';
import { isDead, ttyNodes, usbFacts, type TtyFolders } from './tty-nodes.ts';

export interface DiscoveredPort {
  /** Canonical, without a rate: `serial:///dev/ttyUSB0`. */
  readonly url: string;
  readonly path: string;
  readonly kind: 'serial';
  readonly manufacturer: string | null;
  /** Of the USB device; null: none, or one that another device shows as well. */
  readonly serialNumber: string | null;
  /** Four lower-case hex digits. */
  readonly vendorId: string | null;
  readonly productId: string | null;
}

export interface DiscoveredPorts {
  readonly ports: readonly DiscoveredPort[];
  /** `tty-nodes`: no device database answered. */
  readonly listedBy: 'system' | 'tty-nodes';
}

/** Where a list comes from; the defaults are this machine. */
export interface DiscoverySources extends TtyFolders {
  /** May reject, as serialport does where there is no udevadm. */
  readonly listSystem: () => Promise<SystemPort[]>;
  readonly timeoutMs: number;
}

const thisMachine: DiscoverySources = {
  listSystem: listSystemPorts,
  timeoutMs: 3000,
  devFolder: '/dev',
  sysFolder: '/sys',
  platform: process.platform,
};

export async function listPorts(sources: Partial<DiscoverySources> = {}): Promise<DiscoveredPorts> {
  const from = { ...thisMachine, ...sources };
  const bySystem = await withDeadline(
    Promise.resolve().then(from.listSystem),
    { timeoutMs: from.timeoutMs },
    { port: 'list', late: 'port-silent' },
  ).catch(() => null);
  if (bySystem) return { ports: await describe(bySystem, from), listedBy: 'system' };
  const nodes = from.platform === 'win32' ? [] : await ttyNodes(from);
  return { ports: nodes.map(portsAmong(nodes)), listedBy: 'tty-nodes' };
}

/**
 * The list at once and after every change, until the signal fires. On Linux the device folder is
 * looked at, and what came or went is told at once from /sys; the database learns of a device later
 * than the folder does and may take seconds to ask, so it is asked beside that, until it was asked
 * about the folder as it is.
 */
export async function* watchPorts(
  { signal, intervalMs }: { readonly signal: AbortSignal; readonly intervalMs: number },
  sources: Partial<DiscoverySources> = {},
): AsyncGenerator<DiscoveredPorts, void, void> {
  const from = { ...thisMachine, ...sources };
  const looksMatter = from.platform === 'linux';
  let list = await listPorts(from);
  let told = '';
  let look: string | null = null;
  let asked: Asked | null = null;
  /** How often the database is still to be asked: the first time may have been too early. */
  let owed = 1;
  while (!stopped(signal)) {
    const earlier = look;
    look = looksMatter ? await glance(from.devFolder) : null;
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
    const text = JSON.stringify(list);
    if (text !== told && !stopped(signal)) {
      told = text;
      yield list;
    }
    await pause(intervalMs, signal);
  }
}

/** A question to the database, about the device folder as it looked then. */
interface Asked {
  readonly look: string | null;
  answer: DiscoveredPorts | null;
}

function ask(look: string | null, from: DiscoverySources): Asked {
  const asked: Asked = { look, answer: null };
  void listPorts(from).then((list) => (asked.answer = list));
  return asked;
}

/** What is left of a list, with what came since. */
async function asOfNow(
  { ports: before, listedBy }: DiscoveredPorts,
  from: DiscoverySources,
): Promise<DiscoveredPorts> {
  const names = new Set(await readdir(from.devFolder).catch(() => []));
  const found = new Map(before.map((port) => [port.path, port]));
  for (const path of found.keys()) if (!names.has(basename(path))) found.delete(path);
  const nodes = await ttyNodes(from);
  const asPort = portsAmong(nodes);
  for (const node of nodes) {
    if (node.vendorId !== undefined || !found.has(node.path)) found.set(node.path, asPort(node));
  }
  return { ports: sorted(found), listedBy };
}

function sorted(ports: ReadonlyMap<string, DiscoveredPort>): DiscoveredPort[] {
  return [...ports.values()].sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

/** TypeScript takes a signal that was not fired before for one that never fires. */
function stopped(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** The tty nodes with the time they were made, as one text. */
async function glance(devFolder: string): Promise<string> {
  const names = (await readdir(devFolder).catch(() => [])).filter((name) =>
    /^(?:tty[A-Za-z]|rfcomm)/.test(name),
  );
  const times = await Promise.all(
    names.map(async (name) => {
      const info = await stat(`${devFolder}/${name}`).catch(() => null);
      return `${name} ${info?.ino ?? 0} ${info?.birthtimeMs ?? 0}`;
    }),
  );
  return times.sort().join('\n') || '-';
}

async function describe(
  found: readonly SystemPort[],
  from: DiscoverySources,
): Promise<DiscoveredPort[]> {
  const merged: SystemPort[] = [];
  for (const port of found) {
    const name = basename(port.path);
    if (from.platform === 'linux' && (await isDead(name, from.sysFolder))) continue;
    const known = from.platform === 'linux' ? await usbFacts(name, from) : {};
    // Linux: from /sys. Windows tells of an interface, which is not the same for one device's ports.
    const locationId =
      known.locationId ?? (from.platform === 'win32' ? undefined : port.locationId);
    const path = callOut(port.path, from);
    merged.push({ ...known, ...withoutUndefined(port), path, locationId });
  }
  const asPort = portsAmong(merged);
  return sorted(new Map(merged.map((port) => [port.path, asPort(port)])));
}

/** macOS: opening a `tty.` node waits for a modem's carrier, its `cu.` twin does not. */
function callOut(path: string, { platform }: DiscoverySources): string {
  return platform === 'darwin' ? path.replace(/^\/dev\/tty\./, '/dev/cu.') : path;
}

function withoutUndefined(port: SystemPort): SystemPort {
  const entries = Object.entries(port).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as unknown as SystemPort;
}

/**
 * Clones of one device often show one serial number: what two devices show tells nobody which of
 * them it is. Several ports of one device share theirs rightly.
 */
function portsAmong(all: readonly SystemPort[]): (port: SystemPort) => DiscoveredPort {
  const places = new Map<string, Set<string>>();
  for (const { serialNumber, locationId } of all) {
    if (serialNumber === undefined || locationId === undefined) continue;
    places.set(serialNumber, (places.get(serialNumber) ?? new Set()).add(locationId));
  }
  return (port) => {
    const shared = (places.get(port.serialNumber ?? '')?.size ?? 0) > 1;
    return asPort(shared ? { ...port, serialNumber: undefined } : port);
  };
}

function asPort(port: SystemPort): DiscoveredPort {
  return {
    url: formatAddress({ kind: 'serial', path: port.path, baud: null }),
    path: port.path,
    kind: 'serial',
    manufacturer: port.manufacturer ?? null,
    serialNumber: port.serialNumber ?? null,
    vendorId: hexId(port.vendorId),
    productId: hexId(port.productId),
  };
}

function hexId(id: string | undefined): string | null {
  const digits = /^(?:0x)?([0-9a-f]{1,4})$/i.exec(id ?? '')?.[1];
  return digits === undefined ? null : digits.toLowerCase().padStart(4, '0');
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
