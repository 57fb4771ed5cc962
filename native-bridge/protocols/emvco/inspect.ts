/**
 * A merchant-presented code as it is, right or wrong: every data object with its place, and all that
 * breaks the specification (EMVCo QRCPS Merchant-Presented Mode v1.1), not only the first of it.
 * `decodeMerchantPresented` is the strict reader; here a person looks for the mistake.
 */
import { crc16CcittFalse } from '../crc.ts';
import type { EmvcoProblem } from './error.ts';
import { maxPayloadCharacters } from './merchant-presented.ts';
import { brokenRules, cautionsOf, fault, missing } from './rules.ts';

export interface EmvcoNode {
  /** From the outermost object on: `59`, `26.00`. */
  readonly path: string;
  /** In characters from the beginning of the text. */
  readonly at: number;
  readonly value: string;
  /** Data objects within; null: its value is a value. */
  readonly children: readonly EmvcoNode[] | null;
}

export interface EmvcoFault {
  readonly problem: EmvcoProblem;
  /** The data object it is about; null: the whole. */
  readonly path: string | null;
  /** In characters; null: no one place. */
  readonly at: number | null;
}

interface Checksum {
  /** As computed over all before it; null: the text has no object 63 at its end. */
  readonly expected: string | null;
  readonly found: string | null;
}

export interface EmvcoInspection {
  readonly nodes: readonly EmvcoNode[];
  readonly checksum: Checksum;
  readonly faults: readonly EmvcoFault[];
  /** What the specification advises otherwise, or wallets take all the same. */
  readonly cautions: readonly EmvcoFault[];
}

const templates = [
  { from: '26', to: '51' },
  { from: '62', to: '62' },
  { from: '64', to: '64' },
  { from: '80', to: '99' },
];
/** Payment-system specific templates within additional data (62). */
const nestedTemplates = { from: '50', to: '99' };

/** Never throws; a text over 1,024 UTF-16 units is not taken apart. */
export function inspectMerchantPresented(text: string): EmvcoInspection {
  // Twice the length leaves room for characters outside the basic plane.
  if (text.length > 2 * maxPayloadCharacters) {
    return { nodes: [], checksum: none, faults: [fault('too-long')], cautions: [] };
  }
  const faults: EmvcoFault[] = [];
  const nodes = walk(Array.from(text), 0, '', faults);
  if (count(text) > maxPayloadCharacters) faults.push(fault('too-long'));
  const checksum = checksumOf(text);
  if (checksum.found === null || nodes.at(-1)?.path !== '63') faults.push(fault('crc-missing'));
  else if (checksum.found !== checksum.expected) faults.push(fault('crc-wrong', '63'));
  faults.push(...brokenRules(nodes), ...wrongOrder(nodes));
  // Where it broke off, what should follow may well be there.
  const readUpTo = nodes.reduce((sum, { value }) => sum + headCharacters + count(value), 0);
  if (readUpTo === count(text)) faults.push(...missing(nodes));
  return { nodes, checksum, faults, cautions: cautionsOf(nodes) };
}

const headCharacters = 4;
const count = (text: string): number => Array.from(text).length;

const none: Checksum = { expected: null, found: null };

/** The data objects up to the first that can't be read; what is wrong goes to `faults`. */
function walk(
  characters: readonly string[],
  offset: number,
  parent: string,
  faults: EmvcoFault[],
): EmvcoNode[] {
  const nodes: EmvcoNode[] = [];
  const seen = new Set<string>();
  let at = 0;
  while (at < characters.length) {
    const head = characters.slice(at, at + 4).join('');
    const path = parent === '' ? head.slice(0, 2) : `${parent}.${head.slice(0, 2)}`;
    const length = Number(head.slice(2));
    const problem = headProblem(head, length, characters.length - at - 4);
    if (problem !== null) {
      faults.push(fault(problem, /^[0-9]{2}/.test(head) ? path : emptyToNull(parent), offset + at));
      break;
    }
    if (seen.has(path)) faults.push(fault('repeated', path, offset + at));
    seen.add(path);
    const value = characters.slice(at + 4, at + 4 + length);
    const children = isTemplate(parent, head.slice(0, 2))
      ? walk(value, offset + at + 4, path, faults)
      : null;
    nodes.push({ path, at: offset + at, value: value.join(''), children });
    at += 4 + length;
  }
  return nodes;
}

function headProblem(head: string, length: number, left: number): EmvcoProblem | null {
  if (!/^[0-9]{0,4}$/.test(head)) return 'malformed';
  if (head.length < 4 || length > left) return 'truncated';
  return length === 0 ? 'malformed' : null;
}

const emptyToNull = (path: string): string | null => (path === '' ? null : path);

/** Templates stand at the outermost level, and in 62; nothing is nested deeper. */
function isTemplate(parent: string, id: string): boolean {
  if (parent === '') return templates.some(({ from, to }) => id >= from && id <= to);
  return parent === '62' && id >= nestedTemplates.from && id <= nestedTemplates.to;
}

function checksumOf(text: string): Checksum {
  const found = /6304([0-9A-Fa-f]{4})$/.exec(text)?.[1];
  if (found === undefined) return none;
  const crc = crc16CcittFalse(new TextEncoder().encode(text.slice(0, -4)));
  return { expected: crc.toString(16).toUpperCase().padStart(4, '0'), found: found.toUpperCase() };
}

/** 00 is the first of them and 63 the last. */
function wrongOrder(nodes: readonly EmvcoNode[]): EmvcoFault[] {
  const misplaced = nodes.filter(
    ({ path }, at) => (path === '00' && at > 0) || (path === '63' && at < nodes.length - 1),
  );
  return misplaced.map(({ path, at }) => fault('malformed', path, at));
}
