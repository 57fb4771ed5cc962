/**
 * Addresses of ports. Canonical: `serial:///dev/ttyUSB0?baud=115200`, `serial://COM7`,
 * `tcp://127.0.0.1:7000`, `usb://2fb8:2205/SERIAL` (usb-address.ts), `adb://192.168.1.20:5555` for ADB
 * over the network, `fastboot://192.168.1.20:5554` for its boot loader's fastboot there, and for a recording in place of a terminal `replay:///home/li/talk.jsonl`,
 * `replay:///C:/talk.jsonl?pace=1`. A person may also give the bare name, `/dev/ttyUSB0` or `COM7`.
 */
import { PortError } from './port.ts';
import { readUsbAddress, usbName, type UsbAddress } from './usb-address.ts';

export interface SerialAddress {
  readonly kind: 'serial';
  /** What the system calls it: `/dev/ttyUSB0`, `COM7`. */
  readonly path: string;
  /** null: whoever opens it knows (from the profile). */
  readonly baud: number | null;
}

export interface TcpAddress {
  readonly kind: 'tcp';
  readonly host: string;
  readonly portNumber: number;
}

/** A terminal that takes ADB over the network. */
export interface AdbAddress {
  readonly kind: 'adb';
  readonly host: string;
  readonly portNumber: number;
}

/** A terminal whose boot loader, or fastbootd, takes fastboot over the network. */
export interface FastbootAddress {
  readonly kind: 'fastboot';
  readonly host: string;
  readonly portNumber: number;
}

export interface ReplayAddress {
  readonly kind: 'replay';
  /** The recording's file, absolute, with the system's own separators. */
  readonly path: string;
  /** 0: at once; 1: the terminal takes as long as it did. */
  readonly pace: number;
}

/** What is reached over the network. */
export type NetworkAddress = TcpAddress | AdbAddress | FastbootAddress;

export type PortAddress = SerialAddress | NetworkAddress | UsbAddress | ReplayAddress;

const MAX_CHARACTERS = 512;
const MIN_BAUD = 50;
const MAX_BAUD = 20_000_000;
const MAX_PACE = 100;
/** Where adbd listens when it was told `tcpip` (Android's own documentation). */
export const ADB_PORT = 5555;
/** AOSP, system/core/fastboot/tcp.h (kDefaultPort). */
export const FASTBOOT_PORT = 5554;

/** @throws PortError `port-address-invalid` */
export function parseAddress(text: string): PortAddress {
  const trimmed = text.trim();
  const address = trimmed.length > MAX_CHARACTERS ? null : read(trimmed);
  if (!address) {
    throw new PortError('port-address-invalid', { port: trimmed.slice(0, MAX_CHARACTERS) });
  }
  return address;
}

/** The canonical form; parsing it gives the same address. */
export function formatAddress(address: PortAddress): string {
  switch (address.kind) {
    case 'tcp':
    case 'adb':
    case 'fastboot':
      return `${address.kind}://${hostAndPort(address)}`;
    case 'usb':
      return `usb://${usbName(address)}`;
    case 'replay':
      return formatReplay(address);
    case 'serial': {
      const query = address.baud === null ? '' : `?baud=${address.baud}`;
      return `serial://${escapePath(address.path)}${query}`;
    }
  }
}

/** @throws PortError `port-address-invalid` */
export function canonicalAddress(text: string): string {
  return formatAddress(parseAddress(text));
}

/**
 * What a person calls the port: `/dev/ttyUSB0`, `COM7`, `127.0.0.1:7000`, `2fb8:2205/SERIAL`, a
 * recording's file.
 */
export function portName(address: PortAddress): string {
  if (address.kind === 'usb') return usbName(address);
  return isNetwork(address) ? hostAndPort(address) : address.path;
}

export function isNetwork(address: PortAddress): address is NetworkAddress {
  return address.kind === 'tcp' || address.kind === 'adb' || address.kind === 'fastboot';
}

function hostAndPort({ host, portNumber }: NetworkAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${portNumber}`;
}

function read(text: string): PortAddress | null {
  const [, scheme, rest = ''] = /^([a-z]+):\/\/(.*)$/s.exec(text) ?? [];
  switch (scheme) {
    case 'tcp':
      return readTcp(rest);
    case 'adb':
      return readWithUsualPort('adb', rest, ADB_PORT);
    case 'fastboot':
      return readWithUsualPort('fastboot', rest, FASTBOOT_PORT);
    case 'usb':
      return readUsbAddress(rest);
    case 'serial':
      return readSerial(rest);
    case 'replay':
      return readReplay(rest);
    default:
      return text.includes('://') ? null : serialOf(text, null);
  }
}

/** `host`, `host:5555`, `[::1]:5555`. */
function readWithUsualPort<K extends 'adb' | 'fastboot'>(kind: K, rest: string, usual: number) {
  const bare = rest.replace(/\/$/, '');
  const hasPort = /^(?:\[[^\]]*\]|[^:]*):[0-9]+$/.test(bare);
  const address = readTcp(hasPort ? bare : `${bare}:${usual}`);
  return address && { ...address, kind };
}

function readTcp(rest: string): TcpAddress | null {
  const match = /^(?:\[([0-9A-Fa-f:.%]+)\]|([0-9A-Za-z._-]+)):([0-9]{1,5})\/?$/.exec(rest);
  const host = match?.[1] ?? match?.[2];
  const portNumber = Number(match?.[3]);
  if (host === undefined || portNumber < 1 || portNumber > 65_535) return null;
  return { kind: 'tcp', host: host.toLowerCase(), portNumber };
}

function readSerial(rest: string): SerialAddress | null {
  const [path = '', query, ...more] = rest.split('?');
  if (more.length > 0) return null;
  const baud = query === undefined || query === '' ? null : readBaud(query);
  if (Number.isNaN(baud)) return null;
  try {
    return serialOf(decodeURIComponent(path), baud);
  } catch {
    return null;
  }
}

/** NaN: not a rate. */
function readBaud(query: string): number {
  const digits = /^baud=([0-9]{1,8})$/.exec(query)?.[1];
  const baud = Number(digits);
  return digits !== undefined && baud >= MIN_BAUD && baud <= MAX_BAUD ? baud : NaN;
}

function readReplay(rest: string): ReplayAddress | null {
  const [path = '', query, ...more] = rest.split('?');
  if (more.length > 0) return null;
  const pace = query === undefined || query === '' ? 0 : readPace(query);
  if (Number.isNaN(pace)) return null;
  try {
    return replayOf(decodeURIComponent(path), pace);
  } catch {
    return null;
  }
}

/** NaN: not a pace. */
function readPace(query: string): number {
  const digits = /^pace=([0-9]{1,3}(?:\.[0-9]{1,3})?)$/.exec(query)?.[1];
  const pace = Number(digits);
  return digits !== undefined && pace <= MAX_PACE ? pace : NaN;
}

/** `path` begins with a slash, before a drive letter too. */
function replayOf(path: string, pace: number): ReplayAddress | null {
  const isFile = /^\/[^\p{Cc}]*[^\p{Cc}/\\]$/u.test(path);
  if (!isFile || path.split(/[/\\]/).includes('..')) return null;
  const drive = /^\/([A-Za-z]:)[/\\](.+)$/.exec(path);
  if (!drive) return { kind: 'replay', path, pace };
  const [, letter = '', inside = ''] = drive;
  return { kind: 'replay', path: `${letter}\\${inside.replaceAll('/', '\\')}`, pace };
}

/** Only what would be read as something else is escaped: a Chinese name stays one, and short. */
function formatReplay({ path, pace }: ReplayAddress): string {
  const isDrive = /^[A-Za-z]:\\/.test(path);
  const slashed = isDrive ? `/${path.replaceAll('\\', '/')}` : path;
  const query = pace === 0 ? '' : `?pace=${pace}`;
  return `replay://${slashed.replaceAll(/[%?#\s]/gu, encodeURIComponent)}${query}`;
}

function serialOf(name: string, baud: number | null): SerialAddress | null {
  const com = /^(?:\\\\\.\\)?(COM[1-9][0-9]{0,3})$/i.exec(name)?.[1];
  if (com !== undefined) return { kind: 'serial', path: com.toUpperCase(), baud };
  // A device node; nothing that climbs, and no control characters.
  const isNode = /^\/[^\p{Cc}\\]+$/u.test(name) && !name.split('/').includes('..');
  return isNode && !name.endsWith('/') ? { kind: 'serial', path: name, baud } : null;
}

function escapePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':');
}
