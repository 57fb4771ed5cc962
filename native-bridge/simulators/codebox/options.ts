/** The command line. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bootModes, type BootMode } from './boot/modes.ts';
import { SECTOR_BYTES } from './boot/nor-flash.ts';
import { faultOf } from './faults.ts';
import type { InProcessHost } from './line/in-process-end.ts';
import { models } from './models/index.ts';
import { modelNames, type ModelName } from './models/model.ts';

export interface Options {
  readonly listen:
    | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
    | { readonly kind: 'pty'; readonly link: string | null }
    | { readonly kind: 'device'; readonly path: string }
    /** Not from a command line: for tests that run the simulator in their own process. */
    | { readonly kind: 'in-process'; readonly host: InProcessHost };
  readonly model: ModelName;
  /** What the shop has: its installer switches the others off. */
  readonly uplink: Uplink;
  readonly baud: number;
  readonly turnaroundMs: number;
  readonly flashWriteMs: number;
  readonly eraseMs: number;
  /** The whole slot at the first part, or each sector when the image comes to it. */
  readonly eraseMode: EraseMode;
  readonly swapMs: number;
  readonly bootMs: number;
  /** With the fault back-late: how much later. */
  readonly lateMs: number;
  readonly bufSize: number;
  readonly bufCount: number;
  readonly slotSize: number;
  readonly firmware: Uint8Array | null;
  readonly keys: readonly KeyObject[];
  readonly bootloaderMode: BootMode;
  /** What the image list of the serial recovery says beside slot and version. */
  readonly recoveryList: RecoveryList;
  readonly serialNumber: string;
  readonly seed: number;
  readonly faults: readonly string[];
  readonly control: 'stdio' | 'ipc';
  readonly listFaults: boolean;
}

const eraseModes = ['first-part', 'progressive'] as const;
export type EraseMode = (typeof eraseModes)[number];
const recoveryLists = ['bare', 'hash', 'state'] as const;
export type RecoveryList = (typeof recoveryLists)[number];
const uplinks = ['wifi', 'cellular', 'ethernet'] as const;
export type Uplink = (typeof uplinks)[number];

/** Room for the generated images, which a fault may put in at any time. */
const MIN_SLOT_BYTES = 0x8000;

/** A command line that can't be used; the message says why. */
export class UsageError extends Error {}

const text = { type: 'string' } as const;
const declared = {
  model: text,
  uplink: text,
  tcp: text,
  pty: { type: 'boolean' },
  device: text,
  baud: text,
  'turnaround-ms': text,
  'flash-write-ms': text,
  'erase-ms': text,
  'erase-mode': text,
  'swap-ms': text,
  'boot-ms': text,
  'late-ms': text,
  'buf-size': text,
  'buf-count': text,
  'slot-size': text,
  firmware: text,
  key: { type: 'string', multiple: true },
  'bootloader-mode': text,
  'recovery-list': text,
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
  const slotSize = number('slot-size', 0x80000, SECTOR_BYTES);
  const image = values.firmware === undefined ? null : firmware(values.firmware, slotSize);
  checkSlot(slotSize);
  const model = oneOf('model', values.model, modelNames);
  return {
    model,
    uplink: uplink(values.uplink, model),
    listen: listenOn(values, positionals),
    baud: number('baud', 115_200, 0),
    turnaroundMs: number('turnaround-ms', 5, 0),
    flashWriteMs: number('flash-write-ms', 3, 0),
    eraseMs: number('erase-ms', 4, 0),
    eraseMode: oneOf('erase-mode', values['erase-mode'], eraseModes),
    swapMs: number('swap-ms', 2500, 0),
    bootMs: number('boot-ms', 300, 0),
    lateMs: number('late-ms', 120_000, 0),
    bufSize: number('buf-size', 1024, 128),
    bufCount: number('buf-count', 4, 2),
    slotSize,
    firmware: image,
    keys: (values.key ?? []).map(publicKey),
    bootloaderMode: bootMode(values['bootloader-mode'] ?? 'swap'),
    recoveryList: oneOf('recovery-list', values['recovery-list'] ?? 'hash', recoveryLists),
    serialNumber: values['serial-number'] ?? models[model].serialNumber,
    seed: number('seed', 1, 0),
    faults: faultNames(values.faults ?? '', model),
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
  { tcp, pty = false, device }: { tcp?: string; pty?: boolean; device?: string },
  positionals: readonly string[],
): Options['listen'] {
  const extra = pty ? positionals.slice(1) : positionals;
  if (extra.length > 0) throw new UsageError(`unknown argument ${extra.join(' ')}`);
  if ([tcp !== undefined, pty, device !== undefined].filter(Boolean).length > 1) {
    throw new UsageError('--tcp, --pty or --device, not two of them');
  }
  if (device !== undefined) return { kind: 'device', path: device };
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

function checkSlot(slotSize: number): void {
  if (slotSize % SECTOR_BYTES === 0 && slotSize >= MIN_SLOT_BYTES) return;
  throw new UsageError(
    `--slot-size wants whole sectors of ${SECTOR_BYTES} bytes, at least ${MIN_SLOT_BYTES} bytes`,
  );
}

function publicKey(file: string): KeyObject {
  const pem = contentOf(file);
  try {
    return createPublicKey(pem);
  } catch (cause) {
    throw new UsageError(`${file} is no public key`, { cause });
  }
}

/** The first is the default. */
function oneOf<T extends string>(name: string, given: string | undefined, all: readonly T[]): T {
  const found = all.find((each) => each === (given ?? all[0]));
  if (found !== undefined) return found;
  throw new UsageError(`--${name} is one of ${all.join(', ')}`);
}

function bootMode(name: string): BootMode {
  if (Object.hasOwn(bootModes, name)) return name as BootMode;
  throw new UsageError(`--bootloader-mode is one of ${Object.keys(bootModes).join(', ')}`);
}

function uplink(given: string | undefined, model: ModelName): Uplink {
  const found = oneOf('uplink', given, uplinks);
  if (found !== 'ethernet' || models[model].parts.has('ethernet')) return found;
  throw new UsageError(`the ${model} has no Ethernet`);
}

function faultNames(list: string, model: ModelName): string[] {
  const names = list.split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => faultOf(model, name) === null);
  if (unknown.length > 0)
    throw new UsageError(`the ${model} has no such fault: ${unknown.join(', ')}`);
  return names;
}

function controlBy(given: string | undefined, hasChannel: boolean): 'stdio' | 'ipc' {
  if (given === undefined) return hasChannel ? 'ipc' : 'stdio';
  if (given === 'stdio' || (given === 'ipc' && hasChannel)) return given;
  throw new UsageError('--control is stdio, or ipc where the process was forked with a channel');
}
