/**
 * A merchant's code of EMVCo's kind against a terminal, thing by thing, as far as it can be read:
 * whom it pays, from which terminal, in which currency, static or dynamic.
 */
import type { QrComparison } from '../../contract/qr.ts';
import {
  decodeMerchantPresented,
  EmvcoError,
  inspectMerchantPresented,
  type EmvcoNode,
} from '../../protocols/emvco/index.ts';
import { numericCurrency, perLocale, sentence, snakeOfKebab, words } from '../../wording/index.ts';
import type { CheckInput } from '../input.ts';
import { modeWords } from '../mode-words.ts';
import { compared, fit } from './comparison.ts';
import { expected, known, read, type Known } from './known.ts';
import { comparePayee, type Values } from './payee.ts';
import { countryNamed, countryOfCurrency, currencyNamed } from './names-of.ts';

export function compareMerchant(text: string, input: CheckInput): QrComparison[] {
  const { nodes } = inspectMerchantPresented(text);
  const values: Values = new Map(nodes.flatMap(pairsOf));
  return [
    ...whole(text),
    ...comparePayee(values, input),
    ...terminal(values, input),
    ...channel(values, input),
    ...currency(values, input),
    ...country(values, input),
    ...mode(values, input),
  ];
}

const pairsOf = ({ path, value, children }: EmvcoNode): (readonly [string, string])[] =>
  children === null ? [[path, value]] : children.flatMap(pairsOf);

function whole(text: string): QrComparison[] {
  try {
    decodeMerchantPresented(text);
    return [];
  } catch (error) {
    if (!(error instanceof EmvcoError)) throw error;
    const key = `emvco_${snakeOfKebab(error.problem)}` as const;
    const problem = perLocale((locale) => words(key, {}, locale));
    const what = sentence('qr_against_broken', { problem });
    return [compared(sentence('qr_topic_whole', {}), 'fail', what, { found: null, known: null })];
  }
}

function terminal(values: Values, input: CheckInput): QrComparison[] {
  const label = values.get('62.07');
  // Three stars ask the wallet to have the payer type it.
  if (label === undefined || label === '***') return [];
  const topic = sentence('qr_topic_terminal', {});
  const number = known(input, 'payment.terminalNumber');
  const serial = read(input, 'identity.serialNumber');
  if (serial !== null && label === serial.value) {
    const what = sentence('qr_against_same_serial', {});
    return [compared(topic, 'pass', what, { found: label, known: serial })];
  }
  const sides = { found: label, known: number };
  if (number === null)
    return [compared(topic, 'unknown', sentence('qr_against_no_value', {}), sides)];
  if (number.value === label) {
    return [compared(topic, 'pass', sentence('qr_against_same', {}), sides)];
  }
  const facts = { found: fit(label), expected: fit(number.value) };
  return [compared(topic, 'fail', sentence('qr_against_other_terminal', facts), sides)];
}

/** Only where the code names one in so many words. */
function channel(values: Values, input: CheckInput): QrComparison[] {
  const own = known(input, 'payment.channel');
  const lower = own?.value.toLowerCase();
  const found = [...values.values()].find((value) => value.toLowerCase() === lower);
  if (own === null || found === undefined) return [];
  const topic = sentence('qr_topic_channel', {});
  return [compared(topic, 'pass', sentence('qr_against_same', {}), { found, known: own })];
}

function currency(values: Values, input: CheckInput): QrComparison[] {
  const code = values.get('53');
  if (code === undefined) return [];
  const topic = sentence('qr_topic_currency', {});
  const own = known(input, 'payment.currency') ?? ofProfile(input) ?? ofCountry(values);
  const numeric = own === null ? null : numericCurrency(own.value);
  const found = currencyNamed(code) ?? code;
  if (own === null || numeric === null) return [];
  const sides = { found, known: { ...own, value: currencyNamed(numeric) ?? own.value } };
  if (numeric === code) return [compared(topic, 'pass', sentence('qr_against_same', {}), sides)];
  return [compared(topic, 'fail', sentence('qr_against_currency', {}), sides)];
}

function ofProfile({ model }: CheckInput): Known | null {
  const { currency: value } = model.expected;
  return value === null ? null : { value, source: sentence('qr_source_profile', {}) };
}

/** On the mainland everything is paid in yuan. */
function ofCountry(values: Values): Known | null {
  if (values.get('58') !== 'CN') return null;
  return { value: '156', source: sentence('qr_source_country', {}) };
}

function country(values: Values, input: CheckInput): QrComparison[] {
  const code = values.get('58');
  const own = known(input, 'payment.currency') ?? ofProfile(input);
  const should = countryOfCurrency(numericCurrency(own?.value ?? '') ?? '');
  if (code === undefined || own === null || should === null) return [];
  const topic = sentence('qr_topic_country', {});
  const source = sentence('qr_source_currency', {});
  const value = countryNamed(should) ?? should;
  const sides = { found: countryNamed(code) ?? code, known: { value, source } };
  if (code === should) return [compared(topic, 'pass', sentence('qr_against_same', {}), sides)];
  return [compared(topic, 'warn', sentence('qr_against_country', {}), sides)];
}

/** As it is set, and as it was agreed. */
function mode(values: Values, input: CheckInput): QrComparison[] {
  const initiation = { 11: 'static', 12: 'dynamic' }[values.get('01') ?? ''] ?? null;
  const { qrMode } = input.model.expected;
  const agreed =
    qrMode === null
      ? expected(input, 'qr.mode')
      : { value: qrMode, source: sentence('qr_source_agreed', {}) };
  const set = read(input, 'qr.mode');
  const rows = agreed !== null && agreed.value !== set?.value ? [set, agreed] : [set];
  return rows.flatMap((own) => (own === null ? [] : [modeRow(initiation, own)]));
}

function modeRow(initiation: string | null, own: Known): QrComparison {
  const topic = sentence('qr_topic_mode', {});
  const value = named(own.value);
  const sides = { found: initiation === null ? null : named(initiation), known: { ...own, value } };
  if (initiation === null) {
    return compared(topic, 'unknown', sentence('qr_against_no_mode', {}), sides);
  }
  if (initiation === own.value) {
    return compared(topic, 'pass', sentence('qr_against_same', {}), sides);
  }
  const facts = { shown: modeWords(initiation), mode: modeWords(own.value) };
  return compared(topic, 'fail', sentence('qr_against_mode', facts), sides);
}

const named = (mode: string) => sentence('qr_value_named', { name: modeWords(mode) });
