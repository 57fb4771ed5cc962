/**
 * What a merchant-presented code's data objects have to be, each by its path (EMVCo QRCPS
 * Merchant-Presented Mode v1.1, tables 3.1 to 3.9 and section 4): present or absent, of a shape, not
 * zero. What the specification only advises is a caution.
 */
import type { EmvcoProblem } from './error.ts';
import type { EmvcoFault, EmvcoNode } from './inspect.ts';

/** Of a code that has them all (section 4.7.1, table 4.1); an account is any of 02 … 51. */
const required = ['52', '53', '58', '59', '60'];

/** Lengths in characters, digits where it says so. */
const shapes: readonly (readonly [path: RegExp, shape: RegExp])[] = [
  [/^00$/, /^01$/u],
  [/^01$/, /^1[12]$/u],
  [/^52$/, /^[0-9]{4}$/u],
  [/^53$/, /^[0-9]{3}$/u],
  [/^5[46]$/, /^(?=.{1,13}$)[0-9]+(?:\.[0-9]*)?$/u],
  [/^55$/, /^0[123]$/u],
  [/^57$/, /^(?=.{1,5}$)[0-9]{1,2}(?:\.[0-9]*)?$/u],
  [/^58$/, /^[A-Z]{2}$/u],
  [/^59$/, /^.{1,25}$/u],
  [/^60$/, /^.{1,15}$/u],
  [/^61$/, /^.{1,10}$/u],
  [/^63$/, /^[0-9A-Fa-f]{4}$/u],
  [/^(?:2[6-9]|[345].|[89].|62\.[5-9].)\.00$/, /^.{1,32}$/u],
  [/^62\.0[1-8]$/, /^.{1,25}$/u],
  [/^62\.09$/, /^(?!.*(.).*\1)[AME]{1,3}$/u],
  [/^62\.10$/, /^.{1,20}$/u],
  [/^62\.11$/, /^[0-9]{3}$/u],
  [/^64\.00$/, /^[A-Za-z]{2}$/u],
  [/^64\.01$/, /^.{1,25}$/u],
  [/^64\.02$/, /^.{1,15}$/u],
];

/** The kind of a tip or fee (55), and the object that tells how much. */
const feeOf: ReadonlyMap<string, string> = new Map([
  ['02', '56'],
  ['03', '57'],
]);

/** Format `ans`: the EMV common character set. Names in another script stand in 64. */
const ansPaths = /^(?:59|60|61|62\.(?:0[1-8]|10))$/;

/** Digits behind the point (ISO 4217); two where it is not here. */
const exponents: ReadonlyMap<string, number> = new Map([
  ...['108', '152', '174', '262', '324', '352', '392', '410', '600', '646', '704', '800'].map(
    (code) => [code, 0] as const,
  ),
  ...['048', '368', '400', '414', '434', '512', '788'].map((code) => [code, 3] as const),
]);

export function fault(
  problem: EmvcoProblem,
  path: string | null = null,
  at: number | null = null,
): EmvcoFault {
  return { problem, path, at };
}

export function brokenRules(nodes: readonly EmvcoNode[]): EmvcoFault[] {
  return [...wrongShapes(nodes), ...zeros(nodes), ...unasked(nodes), ...incomplete(nodes)];
}

/** Of a code that could be read to its end. */
export function missing(nodes: readonly EmvcoNode[]): EmvcoFault[] {
  const has = new Set(nodes.map(({ path }) => path));
  const account = [...has].some((path) => path >= '02' && path <= '51');
  const fee = feeOf.get(valueOf(nodes, '55') ?? '');
  const absent = [...required, ...(fee === undefined ? [] : [fee])].filter((id) => !has.has(id));
  return [...(account ? [] : ['26']), ...absent].map((path) => fault('field-missing', path));
}

export function cautionsOf(nodes: readonly EmvcoNode[]): EmvcoFault[] {
  const all = nodes.flatMap(withInner);
  const otherScript = all
    .filter(({ path, value }) => ansPaths.test(path) && !/^[ -~]*$/.test(value))
    .map(({ path, at }) => fault('not-ascii', path, at));
  const exponent = exponents.get(valueOf(nodes, '53') ?? '') ?? 2;
  const tooFine = nodes
    .filter(({ path, value }) => /^5[46]$/.test(path) && decimalsOf(value) > exponent)
    .map(({ path, at }) => fault('decimals', path, at));
  return [...otherScript, ...tooFine];
}

const valueOf = (nodes: readonly EmvcoNode[], path: string): string | undefined =>
  nodes.find((node) => node.path === path)?.value;

const decimalsOf = (amount: string): number => /\.([0-9]*)$/.exec(amount)?.[1]?.length ?? 0;

const withInner = (node: EmvcoNode): EmvcoNode[] => [
  node,
  ...(node.children ?? []).flatMap(withInner),
];

function wrongShapes(nodes: readonly EmvcoNode[]): EmvcoFault[] {
  return nodes
    .flatMap(withInner)
    .filter(({ path, value, children }) => {
      const shape = shapes.find(([which]) => which.test(path))?.[1];
      return children === null && shape?.test(value) === false;
    })
    .map(({ path, at }) => fault('malformed', path, at));
}

/** An amount that is told is not nothing; one that is to be asked for is absent. */
function zeros(nodes: readonly EmvcoNode[]): EmvcoFault[] {
  return nodes
    .filter(({ path, value }) => /^5[467]$/.test(path) && /^[0.]*0[0.]*$/.test(value))
    .map(({ path, at }) => fault('zero', path, at));
}

/** A fee without its kind, or of another kind. */
function unasked(nodes: readonly EmvcoNode[]): EmvcoFault[] {
  const told = feeOf.get(valueOf(nodes, '55') ?? '');
  return nodes
    .filter(({ path }) => [...feeOf.values()].includes(path) && path !== told)
    .map(({ path, at }) => fault('not-allowed', path, at));
}

/** A template of a scheme says first whose it is; one of a language has its code and the name. */
function incomplete(nodes: readonly EmvcoNode[]): EmvcoFault[] {
  const all = nodes.flatMap(withInner);
  const unnamed = all
    .filter(({ path, children }) => children?.[0] && /^(?!62$|64$)/.test(path))
    .filter(({ path, children }) => children?.[0]?.path !== `${path}.00`)
    .map(({ path }) => fault('field-missing', `${path}.00`));
  const language = nodes.find(({ path, children }) => path === '64' && children?.[0]);
  const has = new Set(language?.children?.map(({ path }) => path));
  const lacks = language ? ['64.00', '64.01'].filter((path) => !has.has(path)) : [];
  return [...unnamed, ...lacks.map((path) => fault('field-missing', path))];
}
