/** The command line. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bootModes, type BootMode } from './boot/flash.ts';
import { faultByName } from './faults.ts';

export interface Options {
  readonly listen:
    | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
    | { readonly kind: 'pty'; readonly link: string | null };
  readonly baud: number;
  readonly turnaroundMs: number;
  readonly flashWriteMs: number;
  readonly eraseMs: number;
  readonly swapMs: number;
  readonly bootMs: number;
  readonly bufSize: number;
  readonly bufCount: number;
  readonly slotSize: number;
  readonly firmware: Uint8Array | null;
  readonly keys: readonly KeyObject[];
  readonly bootloaderMode: BootMode;
  readonly serialNumber: string;
  readonly seed: number;
  readonly faults: readonly string[];
  readonly control: 'stdio' | 'ipc';
  readonly listFaults: boolean;
}

/** A command line that can't be used; the message says why. */
export class UsageError extends Error {}

const text = { type: 'string' } as const;
const declared = {
  tcp: text,
  pty: { type: 'boolean' },
  baud: text,
  'turnaround-ms': text,
  'flash-write-ms': text,
  'erase-ms': text,
  'swap-ms': text,
  'boot-ms': text,
  'buf-size': text,
  'buf-count': text,
  'slot-size': text,
  firmware: text,
  key: { type: 'string', multiple: true },
  'bootloader-mode': text,
  'serial-number': text,
  seed: text,
  faults: text,
  control: text,
  'list-faults': { type: 'boolean' },
} as const;

export function parseOptions(args: readonly string[], hasChannel: boolean): Options {
  const { values, positionals } = parse(args);
  const number = (name: keyof typeof values, fallback: number, min: number): number => {
    const given = values[name];
    if (typeof given !== 'string') return fallback;
    const value = Number(given);
    if (given === '' || !Number.isFinite(value) || value < min) {
      throw new UsageError(`--${name} wants a number from ${min}, not ${given}`);
    }
    return value;
  };
  const slotSize = number('slot-size', 0x80000, 4096);
  return {
    listen: listenOn(values.tcp, values.pty === true, positionals),
    baud: number('baud', 115_200, 0),
    turnaroundMs: number('turnaround-ms', 5, 0),
    flashWriteMs: number('flash-write-ms', 3, 0),
    eraseMs: number('erase-ms', 4, 0),
    swapMs: number('swap-ms', 2500, 0),
    bootMs: number('boot-ms', 300, 0),
    bufSize: number('buf-size', 1024, 128),
    bufCount: number('buf-count', 4, 2),
    slotSize,
    firmware: values.firmware === undefined ? null : firmware(values.firmware, slotSize),
    keys: (values.key ?? []).map(publicKey),
    bootloaderMode: bootMode(values['bootloader-mode'] ?? 'swap'),
    serialNumber: values['serial-number'] ?? 'CB2025030017',
    seed: number('seed', 1, 0),
    faults: faultNames(values.faults ?? ''),
    control: controlBy(values.control, hasChannel),
    listFaults: values['list-faults'] === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: declared, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function listenOn(
  tcp: string | undefined,
  pty: boolean,
  positionals: readonly string[],
): Options['listen'] {
  const extra = pty ? positionals.slice(1) : positionals;
  if (extra.length > 0) throw new UsageError(`unknown argument ${extra.join(' ')}`);
  if (pty && tcp !== undefined) throw new UsageError('--tcp or --pty, not both');
  if (pty) return { kind: 'pty', link: positionals[0] ?? null };
  const match = /^(?<host>.+):(?<port>\d{1,5})$/.exec(tcp ?? '127.0.0.1:0');
  const port = Number(match?.groups?.['port']);
  if (match === null || port > 65_535) throw new UsageError('--tcp wants HOST:PORT');
  return { kind: 'tcp', host: match.groups?.['host'] ?? '', port };
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new UsageError(`can't read ${file}`, { cause });
  }
}

function firmware(file: string, slotSize: number): Buffer {
  const image = contentOf(file);
  if (image.length > slotSize) throw new UsageError(`${file} is larger than a slot`);
  return image;
}

function publicKey(file: string): KeyObject {
  const pem = contentOf(file);
  try {
    return createPublicKey(pem);
  } catch (cause) {
    throw new UsageError(`${file} is no public key`, { cause });
  }
}

function bootMode(name: string): BootMode {
  if (Object.hasOwn(bootModes, name)) return name as BootMode;
  throw new UsageError(`--bootloader-mode is one of ${Object.keys(bootModes).join(', ')}`);
}

function faultNames(list: string): string[] {
  const names = list.split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => faultByName(name) === undefined);
  if (unknown.length > 0) throw new UsageError(`no such fault: ${unknown.join(', ')}`);
  return names;
}

function controlBy(given: string | undefined, hasChannel: boolean): 'stdio' | 'ipc' {
  if (given === undefined) return hasChannel ? 'ipc' : 'stdio';
  if (given === 'stdio' || (given === 'ipc' && hasChannel)) return given;
  throw new UsageError('--control is stdio, or ipc where the process was forked with a channel');
}
