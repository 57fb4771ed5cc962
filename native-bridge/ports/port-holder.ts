/**
 * Who has a device node open: Linux says it in /proc. The process that made a pseudo terminal holds
 * both of its ends and is no user of it. Others' open files are hidden from those who are not root;
 * their file locks are not, and every pos-bench takes one. Elsewhere the system does not tell.
 */
import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';

export interface PortHolder {
  readonly pid: number;
  /** The program: `ModemManager`, `brltty`, `pos-bench`. */
  readonly name: string;
}

const SCAN_TIMEOUT_MS = 500;

/** The first other process that has `path` open, or null where none is seen within the time. */
export async function findHolder(
  path: string,
  { procFolder = '/proc', timeoutMs = SCAN_TIMEOUT_MS } = {},
): Promise<PortHolder | null> {
  const untilMs = performance.now() + timeoutMs;
  const node = await realpath(path).catch(() => path);
  const locker = await findLocker(node, procFolder);
  if (locker !== null) return { pid: locker, name: await programName(procFolder, locker) };
  for (const pid of await processIds(procFolder)) {
    if (performance.now() > untilMs) return null;
    if (pid !== process.pid && (await hasOpen(procFolder, pid, node))) {
      return { pid, name: await programName(procFolder, pid) };
    }
  }
  return null;
}

/**
 * The process that listens on a TCP port of this machine (IPv4), or null where the system does not
 * tell. /proc/net/tcp: `0: 0100007F:13AD 00000000:0000 0A …`, state 0A being LISTEN (proc(5)).
 */
export async function findListener(
  portNumber: number,
  { procFolder = '/proc', timeoutMs = SCAN_TIMEOUT_MS } = {},
): Promise<PortHolder | null> {
  const untilMs = performance.now() + timeoutMs;
  const sockets = await readFile(`${procFolder}/net/tcp`, 'utf8').catch(() => '');
  const hexPort = portNumber.toString(16).toUpperCase().padStart(4, '0');
  const line = sockets.split('\n').find((each) => each.includes(`:${hexPort} 00000000:0000 0A `));
  const inode = line?.trim().split(/\s+/)[9];
  if (inode === undefined) return null;
  for (const pid of await processIds(procFolder)) {
    if (performance.now() > untilMs) return null;
    if ((await openFiles(procFolder, pid)).targets.includes(`socket:[${inode}]`)) {
      return { pid, name: await programName(procFolder, pid) };
    }
  }
  return null;
}

/** This very process where it has `path` open itself. */
export async function ourselves(path: string): Promise<PortHolder | null> {
  const node = await realpath(path).catch(() => path);
  if (!(await hasOpen('/proc', process.pid, node))) return null;
  return { pid: process.pid, name: await programName('/proc', process.pid) };
}

async function processIds(procFolder: string): Promise<number[]> {
  const names = await readdir(procFolder).catch(() => []);
  return names.filter((name) => /^[0-9]+$/.test(name)).map(Number);
}

async function hasOpen(procFolder: string, pid: number, node: string): Promise<boolean> {
  const { files, targets } = await openFiles(procFolder, pid);
  if (!targets.includes(node)) return false;
  const masters = files.filter((_file, index) => targets[index]?.endsWith('/ptmx'));
  return !(await isMasterOf(procFolder, pid, masters, node));
}

async function openFiles(
  procFolder: string,
  pid: number,
): Promise<{ files: string[]; targets: string[] }> {
  const folder = `${procFolder}/${pid}/fd`;
  const files = await readdir(folder).catch(() => []);
  const targets = await Promise.all(
    files.map((file) => readlink(`${folder}/${file}`).catch(() => '')),
  );
  return { files, targets };
}

/** fdinfo of a pseudo terminal's master says which slave is its own (Linux 4.14 and later). */
async function isMasterOf(
  procFolder: string,
  pid: number,
  masterFiles: readonly string[],
  node: string,
): Promise<boolean> {
  const index = /^\/dev\/pts\/([0-9]+)$/.exec(node)?.[1];
  if (index === undefined) return false;
  for (const file of masterFiles) {
    const info = await readFile(`${procFolder}/${pid}/fdinfo/${file}`, 'utf8').catch(() => '');
    if (new RegExp(`^tty-index:\\s*${index}$`, 'm').test(info)) return true;
  }
  return false;
}

/** /proc/locks is open to everybody: `1: FLOCK  ADVISORY  WRITE 4711 00:18:5 0 EOF`. */
async function findLocker(node: string, procFolder: string): Promise<number | null> {
  const [locks, info] = await Promise.all([
    readFile(`${procFolder}/locks`, 'utf8').catch(() => ''),
    stat(node).catch(() => null),
  ]);
  if (!info) return null;
  for (const line of locks.split('\n')) {
    const match = /FLOCK\s+\S+\s+\S+\s+([0-9]+)\s+([0-9a-f]+):([0-9a-f]+):([0-9]+)\s/.exec(line);
    if (!match) continue;
    const [, pid = '0', major = '', minor = '', inode = ''] = match;
    const device = deviceNumber(parseInt(major, 16), parseInt(minor, 16));
    const isNode = Number(inode) === info.ino && device === info.dev;
    if (isNode && Number(pid) > 0 && Number(pid) !== process.pid) return Number(pid);
  }
  return null;
}

/** As glibc's makedev packs it for stat, within 32 bits. */
function deviceNumber(major: number, minor: number): number {
  return (minor & 0xff) + major * 0x100 + (minor >> 8) * 0x100000;
}

const interpreters = /^(?:node(?:js)?|electron|python[0-9.]*|perl|ruby|bun|deno|sh|bash)$/;

/** The program's name; for an interpreter, that of its script. */
async function programName(procFolder: string, pid: number): Promise<string> {
  const command = await readFile(`${procFolder}/${pid}/cmdline`, 'utf8').catch(() => '');
  const [program = '', ...args] = command.split('\0').filter((part) => part !== '');
  const name = basename(program);
  const script = interpreters.test(name) ? args.find((arg) => !arg.startsWith('-')) : undefined;
  if (script !== undefined) return shorten(basename(script).replace(/\.[cm]?[jt]s$|\.py$/, ''));
  if (name !== '') return shorten(name);
  const comm = await readFile(`${procFolder}/${pid}/comm`, 'utf8').catch(() => '');
  return shorten(comm.trim());
}

function shorten(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, '').slice(0, 64);
}
