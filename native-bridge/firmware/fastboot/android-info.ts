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

/** What is not as the package asks; a variable that the boot loader does not have is not. */
export function unmetRequirements(requirements: readonly Requirement[], told: Told): Unmet[] {
  return requirements
    .filter(({ product }) => product === null || product === told.product)
    .flatMap(({ name, values: expected, reject }) => {
      const found = valueOf(name, expected, told);
      const isOne = found !== null && expected.some((value) => fits(value, found));
      return isOne === reject ? [{ name, expected, found, reject }] : [];
    });
}

function valueOf(name: string, expected: readonly string[], told: Told): string | null {
  if (name !== 'partition-exists') return told.values.get(name) ?? null;
  const exists = (partition: string): boolean =>
    ['', '_a'].some((slot) => told.partitions.has(partition + slot));
  return expected.find(exists) ?? null;
}

function fits(value: string, found: string): boolean {
  return value.endsWith('*') ? found.startsWith(value.slice(0, -1)) : value === found;
}
