/**
 * Card numbers in a row of groups of digits. Numbers that stand in a row (samples, times, amounts,
 * counters) make a card number by chance, so only what people and programs write in groups is one:
 * fours, 4-6-5 or 4-6-4 as American Express and Diners print it, the issuer's digits apart from the
 * rest; and the more numbers there are, the more is asked.
 */
import { isCardNumber, isOfKnownIssuer, leastDigits, mostDigits } from './card-digits.ts';

/** Digits from `from` up to `to` of a row, its separators not counted. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** So many fours in a row hold two cards and a neighbour; where there are more, all are cards or none. */
const mostFours = 9;
/** Samples of a voltage in mV; of random fours hardly any are so near each other. */
const nearby = 1.06;
/** Groups of a row in which every issuer's cards are looked for. */
const fewGroups = 3;

/** `ofKnownIssuer`: what the row begins with is more likely something else. */
export function cardSpans(groups: readonly string[], ofKnownIssuer: boolean): Span[] {
  const starts = [0];
  for (const group of groups) starts.push((starts.at(-1) as number) + group.length);
  const digits = groups.join('');
  const spanOf = (first: number, count: number): Span => ({
    from: starts[first] as number,
    to: starts[first + count] as number,
  });
  const isCard = (first: number, count: number, known: boolean): boolean => {
    const { from, to } = spanOf(first, count);
    if (to - from < leastDigits || to - from > mostDigits) return false;
    const number = digits.slice(from, to);
    const isKnown = (!known && !(ofKnownIssuer && first === 0)) || isOfKnownIssuer(number);
    return isKnown && isCardNumber(number);
  };
  if (isCard(0, groups.length, true) && !areSamples(groups, 2)) return [spanOf(0, groups.length)];
  const spans = foursIn(groups, isCard).map(([first, count]) => spanOf(first, count));
  const isLong = groups.length > fewGroups;
  for (let first = 0; first < groups.length; first++) {
    if (isCard(first, 1, false)) spans.push(spanOf(first, 1));
    else if (isSplit(groups, first) && isCard(first, 2, isLong)) spans.push(spanOf(first, 2));
    else if (isInThree(groups, first) && isCard(first, 3, isLong)) spans.push(spanOf(first, 3));
  }
  return spans;
}

/** The issuer's digits and the rest, which among others is of another length. */
function isSplit(groups: readonly string[], first: number): boolean {
  const [one, other] = [groups[first]?.length ?? 0, groups[first + 1]?.length ?? 0];
  return [4, 6, 8].includes(one) && (one !== other || groups.length === 2);
}

function isInThree(groups: readonly string[], first: number): boolean {
  const shape = groups.slice(first, first + 3).map(({ length }) => length);
  return /^4-6-[45]$/.test(shape.join('-'));
}

type Found = readonly [first: number, count: number];

/** 4-4-4-4, and one to three digits after it. */
function foursIn(
  groups: readonly string[],
  isCard: (first: number, count: number, known: boolean) => boolean,
): Found[] {
  const found: Found[] = [];
  for (let from = 0; from < groups.length;) {
    let to = from;
    while (groups[to]?.length === 4) to++;
    const rest = groups[to]?.length ?? 0;
    const own: Found[] = [];
    const step = to - from > mostFours ? 4 : 1;
    const known = to - from > 4;
    for (let first = from; first + 4 <= to; first += step) {
      const hasRest = first + 4 === to && rest > 0 && rest < 4;
      if (hasRest && isCard(first, 5, known)) own.push([first, 5]);
      else if (isCard(first, 4, known)) own.push([first, 4]);
    }
    const areAll = own.length * 4 === to - from;
    if (to - from > mostFours ? areAll : !known || !areSamples(groups.slice(from, to), nearby)) {
      found.push(...own);
    }
    from = to + 1;
  }
  return found;
}

/** One quantity, measured again and again: near each other, the greatest at most so many times the least. */
function areSamples(groups: readonly string[], times: number): boolean {
  const length = groups[0]?.length;
  if (groups.length < 2 || groups.some((group) => group.length !== length)) return false;
  const numbers = groups.map(Number);
  return Math.max(...numbers) <= Math.min(...numbers) * times;
}
