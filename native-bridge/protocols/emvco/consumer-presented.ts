/**
 * The code that a payer's wallet shows and a merchant scans, in EMVCo's form (QRCPS Consumer-Presented
 * Mode v1.1, sections 3 and 4): base64 of BER-TLV that begins with the payload format indicator 85
 * `CPV01`, then one or more application templates 61, each with the application's id 4F, and at most
 * one common data template 62. UnionPay's payer codes may have it. It pays: whoever shows it masks it.
 */
import { readBerTlv, type BerObject } from './ber-tlv.ts';
import type { EmvcoProblem } from './error.ts';

export interface ConsumerNode {
  /** From the outermost object on: `85`, `61.4F`; two applications have the same. */
  readonly path: string;
  readonly tag: string;
  /** In bytes of what the base64 holds. */
  readonly at: number;
  readonly value: Uint8Array;
  /** null: its value is a value. */
  readonly children: readonly ConsumerNode[] | null;
}

export interface ConsumerFault {
  readonly problem: EmvcoProblem;
  /** null: the whole. */
  readonly path: string | null;
  /** In bytes; null: no one place. */
  readonly at: number | null;
}

/** Well above what any code holds as base64. */
const maxCharacters = 4096;
const formatIndicator = { tag: '85', text: 'CPV01' };
const application = '61';
const commonData = '62';
const applicationId = { tag: '4F', leastBytes: 5, mostBytes: 16 };

/** Begins with object 85 and `CPV`, whatever its version and however it goes on. */
export const looksConsumerPresented = (text: string): boolean => text.startsWith('hQVDUFY');

/** Never throws. */
export function inspectConsumerPresented(text: string): {
  readonly nodes: readonly ConsumerNode[];
  readonly faults: readonly ConsumerFault[];
} {
  if (text.length > maxCharacters) return { nodes: [], faults: [fault('too-long')] };
  const bytes = bytesOf(text);
  if (bytes === null) return { nodes: [], faults: [fault('malformed')] };
  const { objects, problems } = readBerTlv(bytes);
  const nodes = objects.map((object) => nodeOf(object, ''));
  const broken = problems.map(({ problem, at }) => fault(problem, null, at));
  // Where it broke off, what should follow may well be there.
  const absent = problems.length === 0 ? missing(nodes) : [];
  return { nodes, faults: [...broken, ...wrongBegin(nodes), ...wrongIds(nodes), ...absent] };
}

function fault(
  problem: EmvcoProblem,
  path: string | null = null,
  at: number | null = null,
): ConsumerFault {
  return { problem, path, at };
}

function nodeOf({ tag, at, value, children }: BerObject, parent: string): ConsumerNode {
  const path = parent === '' ? tag : `${parent}.${tag}`;
  return { path, tag, at, value, children: children?.map((child) => nodeOf(child, path)) ?? null };
}

/** null: no base64. */
function bytesOf(text: string): Uint8Array | null {
  if (!/^[0-9A-Za-z+/]+={0,2}$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function wrongBegin([first]: readonly ConsumerNode[]): ConsumerFault[] {
  const { tag, text } = formatIndicator;
  const isRight = first?.tag === tag && String.fromCharCode(...first.value) === text;
  return isRight ? [] : [fault('malformed', tag, first?.at ?? null)];
}

function wrongIds(nodes: readonly ConsumerNode[]): ConsumerFault[] {
  const { tag, leastBytes, mostBytes } = applicationId;
  return applicationsOf(nodes)
    .flatMap(({ children }) => children ?? [])
    .filter((node) => node.tag === tag)
    .filter(({ value: { length } }) => length < leastBytes || length > mostBytes)
    .map(({ path, at }) => fault('malformed', path, at));
}

function missing(nodes: readonly ConsumerNode[]): ConsumerFault[] {
  const applications = applicationsOf(nodes);
  const none = applications.length === 0 ? [fault('field-missing', application)] : [];
  const unnamed = applications
    .filter(({ children }) => children?.every(({ tag }) => tag !== applicationId.tag))
    .map(({ path, at }) => fault('field-missing', `${path}.${applicationId.tag}`, at));
  const [, ...more] = nodes.filter(({ tag }) => tag === commonData);
  const repeated = more.map(({ path, at }) => fault('repeated', path, at));
  return [...none, ...unnamed, ...repeated];
}

const applicationsOf = (nodes: readonly ConsumerNode[]): readonly ConsumerNode[] =>
  nodes.filter(({ tag }) => tag === application);
