/**
 * Names and meanings of EMVCo's data objects (QRCPS Merchant-Presented Mode v1.1, tables 3.1, 4.2
 * to 4.6; the ids of payment networks from table 4.3).
 */
import type { Sentence } from '../../contract/common.ts';
import { perLocale, sentence, words } from '../../wording/index.ts';
import { entryOf } from '../entry-of.ts';
import { countryNamed, currencyNamed, languageNamed, named, schemeName } from './names-of.ts';

/** Ids below 26 belong to a payment network each. */
const networks: readonly { readonly to: string; readonly name: string }[] = [
  { to: '03', name: 'Visa' },
  { to: '05', name: 'Mastercard' },
  { to: '08', name: 'EMVCo' },
  { to: '10', name: 'Discover' },
  { to: '12', name: 'American Express' },
  { to: '14', name: 'JCB' },
  { to: '16', name: 'UnionPay' },
  { to: '25', name: 'EMVCo' },
];

const outermost: ReadonlyMap<string, Sentence> = new Map([
  ['00', sentence('qr_field_format', {})],
  ['01', sentence('qr_field_initiation', {})],
  ['52', sentence('qr_field_category', {})],
  ['53', sentence('qr_field_currency', {})],
  ['54', sentence('qr_field_amount', {})],
  ['55', sentence('qr_field_tip', {})],
  ['56', sentence('qr_field_fee_fixed', {})],
  ['57', sentence('qr_field_fee_percent', {})],
  ['58', sentence('qr_field_country', {})],
  ['59', sentence('qr_field_name', {})],
  ['60', sentence('qr_field_city', {})],
  ['61', sentence('qr_field_postal_code', {})],
  ['62', sentence('qr_field_additional', {})],
  ['63', sentence('qr_field_checksum', {})],
  ['64', sentence('qr_field_language', {})],
]);

const additional: ReadonlyMap<string, Sentence> = new Map([
  ['01', sentence('qr_field_bill', {})],
  ['02', sentence('qr_field_mobile', {})],
  ['03', sentence('qr_field_store', {})],
  ['04', sentence('qr_field_loyalty', {})],
  ['05', sentence('qr_field_reference', {})],
  ['06', sentence('qr_field_customer', {})],
  ['07', sentence('qr_field_terminal', {})],
  ['08', sentence('qr_field_purpose', {})],
  ['09', sentence('qr_field_payer_data', {})],
  ['10', sentence('qr_field_tax_id', {})],
  ['11', sentence('qr_field_channel', {})],
]);

const language: ReadonlyMap<string, Sentence> = new Map([
  ['00', sentence('qr_field_local_language', {})],
  ['01', sentence('qr_field_local_name', {})],
  ['02', sentence('qr_field_local_city', {})],
]);

/** `path`: `59`, `62.07`, `62.50.00`. */
export function fieldName(path: string): Sentence {
  const [id = '', ...within] = path.split('.');
  const [inner] = within.slice(-1);
  if (inner === undefined) return outermost.get(id) ?? accountOrOther(id);
  // Every template of a scheme begins with what names it.
  const own = id === '62' && within.length === 1 ? additional : id === '64' ? language : null;
  if (own === null && inner === '00') return sentence('qr_field_scheme', {});
  if (own === additional && inner >= '50') return sentence('qr_field_scheme_template', {});
  return own?.get(inner) ?? sentence(own ? 'qr_field_reserved' : 'qr_field_other', { id: inner });
}

function accountOrOther(id: string): Sentence {
  if (id >= '26' && id <= '51') return sentence('qr_field_account', {});
  if (id >= '80') return sentence('qr_field_scheme_template', {});
  if (id >= '65') return sentence('qr_field_reserved', { id });
  if (id < '02' || id > '51') return sentence('qr_field_other', { id });
  const network = networks.find(({ to }) => id <= to)?.name ?? 'EMVCo';
  return sentence('qr_field_network', { network });
}

/** What a value stands for; null: what it says. */
export function fieldMeaning(path: string, value: string): Sentence | null {
  if (path.startsWith('62.') && value === '***') return sentence('qr_value_payer_types', {});
  // A scheme's template names it first.
  if (/^(?:2[6-9]|[345].|[89].|62\..+)\.00$/.test(path)) return named(schemeName(value));
  return meanings.get(path)?.(value) ?? null;
}

const only = (of: Readonly<Record<string, Sentence>>) => (value: string) =>
  entryOf(of, value) ?? null;

const meanings: ReadonlyMap<string, (value: string) => Sentence | null> = new Map([
  ['01', only({ 11: sentence('qr_value_static', {}), 12: sentence('qr_value_dynamic', {}) })],
  ['52', category],
  ['53', currencyNamed],
  [
    '55',
    only({
      '01': sentence('qr_value_tip_asked', {}),
      '02': sentence('qr_value_tip_fixed', {}),
      '03': sentence('qr_value_tip_percent', {}),
    }),
  ],
  ['58', countryNamed],
  ['62.09', payerData],
  ['62.11', channel],
  ['64.00', languageNamed],
]);

/** ISO 18245, those of shops that a technician visits. */
function category(code: string): Sentence | null {
  const keys = {
    '5411': 'qr_category_5411',
    '5499': 'qr_category_5499',
    '5541': 'qr_category_5541',
    '5812': 'qr_category_5812',
    '5814': 'qr_category_5814',
    '5912': 'qr_category_5912',
    '5999': 'qr_category_5999',
    '7011': 'qr_category_7011',
    '7230': 'qr_category_7230',
    '4121': 'qr_category_4121',
    '7523': 'qr_category_7523',
    '8062': 'qr_category_8062',
  } as const;
  return Object.hasOwn(keys, code) ? sentence(keys[code as keyof typeof keys], {}) : null;
}

/** Each letter asks the wallet for something of the payer's. */
function payerData(letters: string): Sentence | null {
  const keys = { A: 'qr_asked_address', M: 'qr_asked_mobile', E: 'qr_asked_email' } as const;
  if (!/^[AME]+$/.test(letters)) return null;
  const asked = (locale: 'zh-CN' | 'en') =>
    Array.from(letters, (letter) => words(keys[letter as keyof typeof keys], {}, locale));
  return sentence('qr_value_asked', { asked: perLocale(asked) });
}

/** The first of three digits: the medium. */
function channel(digits: string): Sentence | null {
  if (!/^[0-7][0-9]{2}$/.test(digits)) return null;
  return sentence(digits < '4' ? 'qr_value_printed' : 'qr_value_on_screen', {});
}
