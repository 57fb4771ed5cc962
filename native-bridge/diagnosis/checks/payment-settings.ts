/**
 * 3.1 Payment settings: merchant, terminal, channel, methods, currency and settlement account against the
 * expected values of the profile and the merchant file. Where nothing says whose terminal it should
 * be, the technician compares it with the merchant's papers: the rest agreeing tells nothing of that.
 */
import type { ReadingName } from '../../contract/reading.ts';
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Look, type Observation } from '../check.ts';
import { fromReadings, fromSetting } from '../evidence.ts';
import { isSameCurrency } from '../currency.ts';
import { compareSettings, expectedOf, settingsBehind, type Compared } from '../expected.ts';
import { isMerchantUnknown } from '../response-code.ts';
import type { Seen } from '../seen.ts';
import { formatReading, perLocale, sentence } from '../../wording/index.ts';

const names = [
  'payment.merchantNumber',
  'payment.merchantName',
  'payment.terminalNumber',
  'payment.channel',
  'payment.methods',
  'payment.settlementTail',
  'payment.currency',
] as const satisfies readonly ReadingName[];

export const paymentSettings: Check = {
  id: 'payment-settings',
  rung: 'payment-settings',
  needs: names,
  also: ['payment.lastResponseCode'],
  needsSettings: true,
  look(input, seen) {
    readAll(seen);
    const { count, wrong, unread } = compareSettings(input, 'payment-settings');
    const currency = currencyFault(input, seen, wrong);
    const observations = [...faults(input, seen, wrong), ...currency];
    const unreadSettings = unread.map((row) => row.labels);
    if (count === 0 || isMerchantLeftOut(input)) {
      return { ...asked(input), observations, unreadSettings };
    }
    const evidence = fromReadings(input, ...names);
    const otherwise = outcome('pass', sentence('fine_payment', { count }), evidence);
    return look({ observations, unreadSettings, otherwise });
  },
};

/** The terminal says whose it is, and no merchant file says whose it should be. */
const isMerchantLeftOut = (input: CheckInput): boolean =>
  input.model.readings.has('payment.merchantNumber') &&
  expectedOf(input, 'payment.merchantNumber') === null;

function readAll(seen: Seen): void {
  for (const name of names) seen.text(name);
}

function faults(input: CheckInput, seen: Seen, wrong: readonly Compared[]): Observation[] {
  const settings = wrong.map(({ row }) => row.key);
  const read = new Set(wrong.map(({ reading }) => reading));
  // Name and number both of somebody else: each speaks for the other.
  const bothNames = read.has('payment.merchantNumber') && read.has('payment.merchantName');
  return wrong.map((one) => {
    const evidence = fromSetting(input, one.row, one.reading);
    if (one.reading === 'payment.merchantNumber' && isMerchantUnknown(seen)) {
      const answered = fromReadings(input, 'payment.lastResponseCode');
      const backing = { evidence: [...evidence, ...answered], settings, agreement: 1 };
      const facts = { found: one.found, expected: one.expected };
      return observe('payment-merchant-unknown', facts, backing);
    }
    return observeOne(one, { evidence, settings, agreement: bothNames ? 1 : 0 });
  });
}

function observeOne(one: Compared, backing: Parameters<typeof observe>[2]): Observation {
  const facts = { found: one.found, expected: one.expected };
  switch (one.reading) {
    case 'payment.merchantNumber':
      return observe('payment-merchant-number', facts, backing);
    case 'payment.terminalNumber':
      return observe('payment-terminal-number', facts, backing);
    case 'payment.merchantName':
      return observe('payment-merchant-name', facts, backing);
    case 'payment.channel':
      return observe('payment-channel', facts, backing);
    case 'payment.methods':
      return observe('payment-methods', inWords(one.reading, facts), backing);
    case 'payment.settlementTail':
      return observe('payment-settlement-account', facts, backing);
    case 'payment.currency':
      return observe('payment-currency', inWords(one.reading, facts), backing);
    default:
      return observe('payment-setting', { setting: one.row.labels, ...facts }, backing);
  }
}

/** By what is agreed for the model, where no setting says so already. */
function currencyFault(input: CheckInput, seen: Seen, wrong: readonly Compared[]): Observation[] {
  const found = seen.text('payment.currency');
  const expected = input.model.expected.currency;
  const isSaid = wrong.some(({ reading }) => reading === 'payment.currency');
  if (found === null || expected === null || isSaid || isSameCurrency(found, expected)) return [];
  const backing = {
    evidence: fromReadings(input, 'payment.currency'),
    settings: settingsBehind(input, 'payment.currency'),
  };
  return [observe('payment-currency', inWords('payment.currency', { found, expected }), backing)];
}

/** As the cards show the reading: the codes of currencies and methods say little alone. */
function inWords(name: ReadingName, facts: { readonly found: string; readonly expected: string }) {
  const said = (value: string) =>
    perLocale((locale) => formatReading({ name, value, unit: 'none' }, locale));
  return { found: said(facts.found), expected: said(facts.expected) };
}

function asked(input: CheckInput): Look {
  return look({
    otherwise: outcome('ask', sentence('ask_payment_match', {}), fromReadings(input, ...names)),
    toldWell: sentence('fine_payment_asked', {}),
  });
}
