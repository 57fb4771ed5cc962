/** Whom a merchant's code pays, by number and by name, against the merchant of a terminal. */
import type { QrComparison } from '../../contract/qr.ts';
import { sentence } from '../../wording/index.ts';
import type { CheckInput } from '../input.ts';
import { compared, fit } from './comparison.ts';
import { known, type Known } from './known.ts';

/** A code's values by their paths. */
export type Values = ReadonlyMap<string, string>;

/** What may name the merchant: the values of accounts, but for the schemes' own ids. */
export function accountsIn(values: Values): string[] {
  return [...values]
    .filter(([path]) => path >= '02' && path.slice(0, 2) <= '51' && !/\..*00$/.test(path))
    .map(([, value]) => value);
}

/** As the payer's wallet shows it. */
export const nameIn = (values: Values): string | null =>
  values.get('64.01') ?? values.get('59') ?? null;

/** They are cut at 25 characters. */
const sameName = (one: string | undefined, other: string): boolean =>
  one?.trim().toLowerCase() === other.trim().toLowerCase().slice(0, 25);

export function comparePayee(values: Values, input: CheckInput): QrComparison[] {
  const number = known(input, 'payment.merchantNumber');
  const name = known(input, 'payment.merchantName');
  const accounts = accountsIn(values);
  const carries = number !== null && accounts.includes(number.value);
  const isNamed =
    name !== null &&
    (sameName(values.get('64.01'), name.value) || sameName(values.get('59'), name.value));
  if (number === null && name === null) {
    const topic = sentence('qr_topic_merchant_number', {});
    const found = accounts[0] ?? null;
    return [compared(topic, 'unknown', sentence('qr_against_unknown', {}), { found, known: null })];
  }
  return [
    ...(number === null ? [] : [numberRow(values, number, carries, isNamed)]),
    ...(name === null
      ? []
      : [nameRow(values, name, { carries, isNamed, byNumber: number !== null })]),
  ];
}

function numberRow(
  values: Values,
  number: Known,
  carries: boolean,
  isNamed: boolean,
): QrComparison {
  const topic = sentence('qr_topic_merchant_number', {});
  if (carries) {
    const what = sentence('qr_against_pays_this', {});
    return compared(topic, 'pass', what, { found: number.value, known: number });
  }
  const [first = null] = accountsIn(values);
  const sides = { found: first, known: number };
  if (isNamed) return compared(topic, 'unknown', sentence('qr_against_number_absent', {}), sides);
  const what = sentence('qr_against_other_merchant', { payee: fit(nameIn(values) ?? first ?? '') });
  return compared(topic, 'fail', what, sides);
}

function nameRow(
  values: Values,
  name: Known,
  { carries, isNamed, byNumber }: { carries: boolean; isNamed: boolean; byNumber: boolean },
): QrComparison {
  const topic = sentence('qr_topic_merchant_name', {});
  const sides = { found: nameIn(values), known: name };
  if (isNamed) return compared(topic, 'pass', sentence('qr_against_same_name', {}), sides);
  // In Latin letters it may be the same shop all the same; with its number it is.
  const isTranslated = values.get('64.01') === undefined && !/^[ -~]*$/.test(name.value);
  if (isTranslated && (carries || !byNumber)) {
    return compared(topic, 'unknown', sentence('qr_against_name_translated', {}), sides);
  }
  const verdict = carries ? 'warn' : byNumber ? 'fail' : 'warn';
  return compared(topic, verdict, sentence('qr_against_other_name', {}), sides);
}
