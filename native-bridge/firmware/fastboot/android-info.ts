/**
 * What a factory package asks of the terminal: android-info.txt (AOSP, system/core/fastboot,
 * `ParseRequirementLine` and `check_requirement`). A line is `require NAME=A|B`, `reject NAME=A`,
 * `require-for-product:P NAME=A`, or `NAME=A`; `board` is an old name for `product`; a value that
 * ends in * goes for everything that begins so.
 */
import { packageMalformed } from '../firmware-error.ts';

export interface Requirement {
  /** A variable of the boot loader, or `partition-exists`. */
  readonly name: string;
  readonly values: readonly string[];
  /** None of the values may be. */
  readonly reject: boolean;
  /** Asked of this product only. */
  readonly product: string | null;
}

export interface Unmet {
  readonly name: string;
  readonly expected: readonly string[];
  readonly found: string | null;
  readonly reject: boolean;
}

/** What of the boot loader is compared: its variables, as they came. */
export interface Told {
  readonly product: string | null;
  readonly values: ReadonlyMap<string, string>;
  readonly partitions: ReadonlyMap<string, unknown>;
}

const maxLines = 1000;
const forProduct = /^require-for-product:\s*(\S+)\s+(\S+?)\s*=\s*(.*)$/;
const forAll = /^(?:(require|reject)\s+)?(\S+?)\s*=\s*(.*)$/;

/** Throws FirmwareError `package-malformed` for a line that can't be read: it may forbid something. */
export function parseAndroidInfo(text: string): Requirement[] {
  const lines = text.split(/\r?\n/, maxLines).map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map(parseLine);
}

function parseLine(line: string): Requirement {
  const [, product, ofProduct, allowed] = forProduct.exec(line) ?? [];
  if (product !== undefined && ofProduct !== undefined) {
    return { name: ofProduct, values: valuesOf(allowed), reject: false, product };
  }
  const [, verb, name, values] = forAll.exec(line) ?? [];
  if (name === undefined) throw packageMalformed('requirements');
  const called = name === 'board' ? 'product' : name;
  return { name: called, values: valuesOf(values), reject: verb === 'reject', product: null };
}

function valuesOf(text = ''): string[] {
  return text.split('|').map((value) => value.trim());
}

/**
 * What of the boot loader has to be asked for by its name where it is not listed: as AOSP's client asks
 * for every one (fastboot.cpp, `CheckRequirement`, `HandlePartitionExists`).
 */
export function variablesAskedBy(requirements: readonly Requirement[]): string[] {
  return requirements.map(({ name, values: [partition = ''] }) =>
    name === partitionExists ? hasSlot(partition) : name,
  );
}

const partitionExists = 'partition-exists';
const hasSlot = (partition: string): string => `has-slot:${partition}`;

/**
 * What is not as the package asks. A variable that the boot loader does not tell is not, whether it is
 * required or rejected.
 */
export function unmetRequirements(requirements: readonly Requirement[], told: Told): Unmet[] {
  return requirements
    .filter(({ product }) => product === null || product === told.product)
    .flatMap(({ name, values: expected, reject }) => {
      const found = valueOf(name, expected, told);
      const isAsAsked = found !== null && expected.some((value) => fits(value, found)) !== reject;
      return isAsAsked ? [] : [{ name, expected, found, reject }];
    });
}

function valueOf(name: string, expected: readonly string[], told: Told): string | null {
  if (name !== partitionExists) return told.values.get(name) ?? null;
  // Of the first alone; that it stands in the list is as good.
  const [partition = ''] = expected;
  const isAnswered = ['yes', 'no'].includes(told.values.get(hasSlot(partition)) ?? '');
  const isListed = ['', '_a'].some((slot) => told.partitions.has(partition + slot));
  return isAnswered || isListed ? partition : null;
}

function fits(value: string, found: string): boolean {
  return value.endsWith('*') ? found.startsWith(value.slice(0, -1)) : value === found;
}
