/**
 * Codes of one picture among themselves: whether they pay the same, and which stands over another,
 * as a sticker does that was put over the shop's own.
 */
import type { Sentence } from '../../contract/common.ts';
import type { QrComparison } from '../../contract/qr.ts';
import { inspectMerchantPresented, looksMerchantPresented } from '../../protocols/emvco/index.ts';
import { perLocale, say, sentence } from '../../wording/index.ts';
import { addressOf, looksLikeAddress } from './address.ts';
import { compared, fit } from './comparison.ts';
import { bare } from './inspect.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface SeenCode {
  readonly text: string;
  /** Where it stands, in words. */
  readonly place: Sentence;
  readonly corners: readonly Point[];
}

/** Codes that pay nobody (a poster's, a payer's) are left aside. */
export function compareCodes(codes: readonly SeenCode[]): QrComparison[] {
  const paying = codes.flatMap((code) => {
    const payee = payeeOf(bare(code.text));
    return payee === null ? [] : [{ ...code, ...payee }];
  });
  const [first, ...others] = paying;
  if (first === undefined || others.length === 0) return [];
  const unlike = others.find(({ identity }) => identity !== first.identity);
  const topic = sentence('qr_topic_several', {});
  if (unlike === undefined) {
    const what = sentence('qr_several_same', { count: paying.length });
    return [compared(topic, 'pass', what, { found: first.name, known: null }), ...overlaps(paying)];
  }
  const known = { value: unlike.name, source: unlike.place };
  const what = sentence('qr_several_other', {
    place: inWords(first.place),
    payee: fit(first.name),
    otherPlace: inWords(unlike.place),
    otherPayee: fit(unlike.name),
  });
  return [compared(topic, 'warn', what, { found: first.name, known }), ...overlaps(paying)];
}

const inWords = (place: Sentence) => perLocale((locale) => say(place, locale));

/** null: it pays nobody. */
function payeeOf(text: string): { identity: string; name: string } | null {
  if (looksLikeAddress(text)) {
    const { scheme, host, port, rest } = addressOf(text);
    const identity = `${scheme.replace(/^https$/, 'http')} ${host} ${port} ${rest}`;
    return { identity, name: `${scheme}://${host}${rest}` };
  }
  if (!looksMerchantPresented(text)) return null;
  const { nodes } = inspectMerchantPresented(text);
  const accounts = nodes.filter(({ path }) => path >= '02' && path <= '51');
  const local = nodes.find(({ path }) => path === '64')?.children;
  const latin = nodes.find(({ path }) => path === '59')?.value;
  const identity = accounts.map(({ path, value }) => `${path} ${value}`).join('\n');
  const name = local?.find(({ path }) => path === '64.01')?.value ?? latin ?? '';
  return { identity, name };
}

/** At most so many are told. */
const mostOverlaps = 4;

function overlaps(codes: readonly SeenCode[]): QrComparison[] {
  const pairs = codes.flatMap((one, at) =>
    codes.slice(at + 1).flatMap((other) => (isOver(one, other) ? [[one, other] as const] : [])),
  );
  return pairs.slice(0, mostOverlaps).map(([one, other]) => {
    const what = sentence('qr_several_over', {
      place: inWords(one.place),
      otherPlace: inWords(other.place),
    });
    const topic = sentence('qr_topic_place', {});
    return compared(topic, 'warn', what, { found: one.place, known: null });
  });
}

/** Their frames touch. */
function isOver(one: SeenCode, other: SeenCode): boolean {
  const a = frameOf(one);
  const b = frameOf(other);
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function frameOf({ corners }: SeenCode) {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}
