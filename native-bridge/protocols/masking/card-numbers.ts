/**
 * Card numbers in text, wherever they stand: alone, in groups, beside other numbers, in a magnetic
 * stripe's or a chip's data. ISO/IEC 7812-1 (length, Luhn check digit), ISO/IEC 7813 (track 2),
 * EMV Book 3 (tag 5A).
 */

import { hidden } from './hidden.ts';

/** Luhn's check over a string of digits. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const leastDigits = 13;
const mostDigits = 19;

/**
 * First digits that payment cards of a length begin with. 15 digits are also an IMEI (always Luhn
 * valid) or a merchant number, 13 a time in milliseconds, 19 beginning with 89 an ICCID.
 */
const cardStarts: Readonly<Record<number, RegExp>> = {
  13: /^4/,
  14: /^3[0689]/,
  15: /^3[47]|^1800|^2131/,
  16: /^2[2-7]|^[3-69]/,
  17: /^[3-69]/,
  18: /^[3-69]/,
  19: /^[3-69]/,
};

function isCardNumber(digits: string): boolean {
  return (cardStarts[digits.length]?.test(digits) ?? false) && passesLuhn(digits);
}

function keepLastFour(run: string): string {
  const digits = run.replace(/[ -]/g, '');
  return '*'.repeat(digits.length - 4) + digits.slice(-4);
}

/** The text with card numbers reduced to their last four digits. */
export function maskCards(text: string): string {
  const labelled = text.replace(
    labelledCard,
    (_all, label: string, run: string) => label + keepLastFour(run),
  );
  return maskChipData(labelled).replace(
    opaqueOrDigits,
    (_all, opaque: string | undefined, run: string) =>
      opaque === undefined ? maskRun(run) : opaque,
  );
}

/** What people write before a card number. One mistyped digit, which fails Luhn, hides none of the others. */
const labelledCard =
  /((?:卡号|银行卡|(?:(?<![A-Za-z])(?:card|CARD|pan|PAN)|(?<![A-Z])(?:Card|Pan))(?:[ _-]?(?:[Nn]umber|NUMBER|[Nn][Oo]\.?))?)["']?[ \t]{0,4}(?:[=:：#是为]|is\b)?[ \t]{0,4}["']?)([0-9](?:[ -]?[0-9]){11,18})(?![0-9])/gu;

/** Tag 5A and its length in bytes, each of two digits, filled up with F. */
const chipData = [7, 8, 9, 10].map((bytes) => {
  const length = bytes.toString(16);
  return new RegExp(`(5A ?0${length} ?)((?:[0-9]{2} ?){${bytes - 1}}[0-9])([0-9F])`, 'gi');
});

function maskChipData(text: string): string {
  return chipData.reduce((masked, pattern) => masked.replace(pattern, withoutChipsCard), text);
}

function withoutChipsCard(all: string, head: string, digits: string, last: string): string {
  const isFilled = last.toUpperCase() === 'F';
  const pan = (isFilled ? digits : digits + last).replaceAll(' ', '');
  return isCardNumber(pan) ? head + keepLastFour(pan) + (isFilled ? last : '') : all;
}

/**
 * UUIDs, hashes, bytes as hex: digits in them are no numbers, but for a card's that is filled up with
 * F. All else that is made of digits, with one
 * blank or hyphen between its groups at most, and letters beside it or none.
 */
const opaqueOrDigits =
  /(?<![0-9A-Za-z])([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])|(?=[0-9]*[A-Fa-f])(?![0-9]+F\b)(?:[0-9A-Fa-f]{32,}|(?:[0-9A-Fa-f]{2}){8,})(?![0-9A-Za-z]))|([0-9]+(?:[ -][0-9]+)*)/g;

/** Digits from `from` up to `to` of a run, its separators not counted. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Every digit is hidden that one of the card numbers in the run hides: spans may overlap. */
function maskRun(run: string): string {
  if (run.length < leastDigits) return run;
  const spans = cardSpans(run);
  if (spans.length === 0) return run;
  const hidden = new Set<number>();
  const joined = new Set<number>();
  for (const { from, to } of spans) {
    for (let at = from; at < to - 4; at++) hidden.add(at);
    for (let at = from + 1; at < to; at++) joined.add(at);
  }
  let at = 0;
  return run.replace(/[0-9]|[ -]/g, (one) => {
    if (one === ' ' || one === '-') return joined.has(at) ? '' : one;
    return hidden.has(at++) ? '*' : one;
  });
}

function cardSpans(run: string): Span[] {
  const groups = run.split(/[ -]/);
  const digits = groups.join('');
  const whole = { from: 0, to: digits.length };
  if (isCard(digits, whole)) return [whole];
  const spans: Span[] = [];
  let from = 0;
  for (const [first, group] of groups.entries()) {
    let to = from;
    // A first group that is a card number by itself ends there.
    const end = isCardNumber(group) ? first + 1 : groups.length;
    for (let last = first; last < end && to - from < mostDigits; last++) {
      to += (groups[last] as string).length;
      const span = { from, to };
      if (isCard(digits, span) && isWrittenSo(groups.slice(first, last + 1))) spans.push(span);
    }
    from += group.length;
  }
  return spans;
}

const isCard = (digits: string, { from, to }: Span): boolean =>
  to - from >= leastDigits && to - from <= mostDigits && isCardNumber(digits.slice(from, to));

/**
 * Numbers that stand in a row (times, amounts, counters) make a card number by chance; what people
 * and programs write in groups is of equal ones but for the last, 4-6-5 or 4-6-4 as American Express
 * and Diners print it, or the issuer's digits apart from the rest.
 */
function isWrittenSo(groups: readonly string[]): boolean {
  const lengths = groups.map(({ length }) => length);
  const first = lengths[0] ?? 0;
  const last = lengths.at(-1) ?? 0;
  if (lengths.slice(0, -1).every((length) => length === first) && last <= first) return true;
  const shape = lengths.join('-');
  return /^(?:4-6-[45]|[468]-\d+)$/.test(shape);
}

/** Magnetic stripe, track 2: `;PAN=YYMM…?` or the same with D for the separator. */
const track2 = /(?<![0-9])([0-9]{13,})([=D])[0-9]{7,24}F?\??/g;

/** Other digits may stand directly before: a chip's tag 57 and its length. */
export function maskTracks(text: string): string {
  return text.replace(track2, (all, digits: string) => {
    for (let length = Math.min(mostDigits, digits.length); length >= leastDigits; length--) {
      const pan = digits.slice(-length);
      if (isCardNumber(pan)) return `${digits.slice(0, -length)}${keepLastFour(pan)}=${hidden}`;
    }
    return all;
  });
}

/** Where nothing tells what digits are: every run of so many is hidden but for its first two. */
export function maskDigitRuns(text: string, fromDigits: number): string {
  return text.replace(/[0-9](?:[ -]?[0-9])*/g, (run) => {
    const digits = run.replace(/[ -]/g, '');
    return digits.length < fromDigits ? run : digits.slice(0, 2) + '*'.repeat(digits.length - 2);
  });
}
