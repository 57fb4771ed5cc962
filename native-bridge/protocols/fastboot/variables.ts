/**
 * What a boot loader says of itself, typed. Whatever is not said, or not in a way that can be read,
 * is null: boot loaders leave out variables, write sizes without 0x and voltages with a unit.
 */
import type { VariableLines } from './variable-lines.ts';

export interface FastbootPartition {
  readonly sizeBytes: number | null;
  readonly type: string | null;
  /** It stands twice, `boot_a` and `boot_b`. */
  readonly hasSlot: boolean | null;
  /** Only fastbootd can write it. */
  readonly isLogical: boolean | null;
}

export interface FastbootSlot {
  readonly successful: boolean | null;
  readonly unbootable: boolean | null;
  readonly retryCount: number | null;
}

export interface FastbootVariables {
  readonly product: string | null;
  readonly serialNumber: string | null;
  readonly variant: string | null;
  readonly bootloaderVersion: string | null;
  readonly basebandVersion: string | null;
  /** As the device says; some say yes and refuse all the same. */
  readonly unlocked: boolean | null;
  readonly secure: boolean | null;
  /** fastbootd answers, not the boot loader. */
  readonly isUserspace: boolean | null;
  readonly maxDownloadBytes: number | null;
  readonly slotCount: number | null;
  /** `a` or `b`, without the underscore. */
  readonly currentSlot: string | null;
  readonly batteryMillivolts: number | null;
  readonly batteryEnough: boolean | null;
  readonly partitions: ReadonlyMap<string, FastbootPartition>;
  readonly slots: ReadonlyMap<string, FastbootSlot>;
  /** Everything, as it came. */
  readonly values: ReadonlyMap<string, string>;
}

/** What is asked for by name where `getvar all` did not say it. */
export const essentialVariables = [
  'product',
  'serialno',
  'unlocked',
  'max-download-size',
  'slot-count',
  'current-slot',
  'is-userspace',
  'version-bootloader',
] as const;

export function readVariables({ values }: Pick<VariableLines, 'values'>): FastbootVariables {
  const get = (name: string): string | null => textOf(values.get(name));
  return {
    product: get('product'),
    serialNumber: get('serialno'),
    variant: get('variant'),
    bootloaderVersion: get('version-bootloader'),
    basebandVersion: get('version-baseband'),
    unlocked: yesOrNo(values.get('unlocked')),
    secure: yesOrNo(values.get('secure')),
    isUserspace: yesOrNo(values.get('is-userspace')),
    maxDownloadBytes: numberOf(values.get('max-download-size')),
    slotCount: numberOf(values.get('slot-count')),
    currentSlot: slotOf(values.get('current-slot')),
    batteryMillivolts: millivolts(values.get('battery-voltage')),
    batteryEnough: yesOrNo(values.get('battery-soc-ok')),
    partitions: partitionsOf(values),
    slots: slotsOf(values),
    values,
  };
}

function textOf(value: string | undefined): string | null {
  const isNothing = value === undefined || value === '' || /^(?:n\/a|none|unknown)$/i.test(value);
  return isNothing ? null : value;
}

function yesOrNo(value: string | undefined): boolean | null {
  if (value === undefined) return null;
  if (/^(?:yes|true|1)$/i.test(value)) return true;
  return /^(?:no|false|0)$/i.test(value) ? false : null;
}

/** Hexadecimal with 0x, else decimal, as the original client reads it. */
function numberOf(value: string | undefined): number | null {
  if (value === undefined) return null;
  const number = /^(?:0x[0-9a-f]{1,16}|\d{1,16})$/i.test(value) ? Number(value) : NaN;
  return Number.isSafeInteger(number) ? number : null;
}

/** Always hexadecimal (AOSP, fastboot.cpp: "implicit hex" of older boot loaders). */
export function partitionSize(value: string | null | undefined): number | null {
  const digits = /^(?:0x)?([0-9a-f]{1,16})$/i.exec(value ?? '')?.[1];
  const sizeBytes = digits === undefined ? NaN : parseInt(digits, 16);
  return Number.isSafeInteger(sizeBytes) ? sizeBytes : null;
}

/** `a`, `_a` and, from before Android 8, `0`. */
function slotOf(value: string | undefined): string | null {
  const slot = /^_?([a-z0-9])$/i.exec(value ?? '')?.[1];
  return slot?.toLowerCase() ?? null;
}

function millivolts(value: string | undefined): number | null {
  const digits = /^(\d{3,5})\s*(?:mv)?$/i.exec(value ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

function partitionsOf(values: ReadonlyMap<string, string>): Map<string, FastbootPartition> {
  const about = /^(?:partition-size|partition-type|has-slot|is-logical):(.+)$/;
  // Of one that is not there, some boot loaders answer every question with nothing.
  const told = [...values].filter(([, value]) => value !== '');
  const names = told.flatMap(([name]) => about.exec(name)?.[1] ?? []);
  const partition = (name: string): FastbootPartition => ({
    sizeBytes: partitionSize(values.get(`partition-size:${name}`)),
    type: textOf(values.get(`partition-type:${name}`)),
    hasSlot: yesOrNo(values.get(`has-slot:${name}`)),
    isLogical: yesOrNo(values.get(`is-logical:${name}`)),
  });
  return new Map(names.map((name) => [name, partition(name)]));
}

function slotsOf(values: ReadonlyMap<string, string>): Map<string, FastbootSlot> {
  const about = /^slot-(?:successful|unbootable|retry-count):(.+)$/;
  const names = [...values.keys()].flatMap((name) => about.exec(name)?.[1] ?? []);
  const slot = (name: string): FastbootSlot => ({
    successful: yesOrNo(values.get(`slot-successful:${name}`)),
    unbootable: yesOrNo(values.get(`slot-unbootable:${name}`)),
    retryCount: numberOf(values.get(`slot-retry-count:${name}`)),
  });
  return new Map(names.map((name) => [slotOf(name) ?? name, slot(name)]));
}
