/**
 * Names and meanings of EMVCo's data objects (QRCPS Merchant-Presented Mode v1.1, tables 3.1, 4.2
 * to 4.6; the ids of payment networks from table 4.3).
 */
import type { Sentence } from '../../contract/common.ts';
import { sentence } from '../../wording/index.ts';

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

/** Globally unique identifiers, or what they begin with: application ids and reversed domains. */
const schemes: readonly { readonly begins: string; readonly name: string }[] = [
  { begins: 'a000000003', name: 'Visa' },
  { begins: 'a000000004', name: 'Mastercard' },
  { begins: 'a000000333', name: 'UnionPay' },
  { begins: 'a000000677', name: 'PromptPay' },
  { begins: 'a000000727', name: 'NAPAS' },
  { begins: 'sg.paynow', name: 'PayNow' },
  { begins: 'hk.com.hkicl', name: 'FPS' },
  { begins: 'br.gov.bcb.pix', name: 'Pix' },
  { begins: 'id.co.qris', name: 'QRIS' },
];

const currencies: ReadonlyMap<string, string> = new Map([
  ['036', 'AUD'],
  ['156', 'CNY'],
  ['344', 'HKD'],
  ['356', 'INR'],
  ['360', 'IDR'],
  ['392', 'JPY'],
  ['410', 'KRW'],
  ['446', 'MOP'],
  ['458', 'MYR'],
  ['608', 'PHP'],
  ['702', 'SGD'],
  ['704', 'VND'],
  ['764', 'THB'],
  ['826', 'GBP'],
  ['840', 'USD'],
  ['901', 'TWD'],
  ['978', 'EUR'],
  ['986', 'BRL'],
]);

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
  return own?.get(inner) ?? sentence('qr_field_other', { id: inner });
}

function accountOrOther(id: string): Sentence {
  if (id >= '26' && id <= '51') return sentence('qr_field_account', {});
  if (id < '02' || id > '51') return sentence('qr_field_other', { id });
  const network = networks.find(({ to }) => id <= to)?.name ?? 'EMVCo';
  return sentence('qr_field_network', { network });
}

/** What a value stands for; null: what it says. */
export function fieldMeaning(path: string, value: string): Sentence | null {
  if (path === '01' && value === '11') return sentence('qr_value_static', {});
  if (path === '01' && value === '12') return sentence('qr_value_dynamic', {});
  if (path === '53') return named(currencies.get(value));
  if (path === '55') return tip(value);
  if (path.startsWith('62.') && value === '***') return sentence('qr_value_payer_types', {});
  const [id = '', inner] = path.split('.');
  const scheme = inner === '00' && id >= '26' && id <= '51';
  const lower = value.toLowerCase();
  return scheme ? named(schemes.find(({ begins }) => lower.startsWith(begins))?.name) : null;
}

const named = (name: string | undefined): Sentence | null =>
  name === undefined ? null : sentence('qr_value_named', { name });

function tip(value: string): Sentence | null {
  if (value === '01') return sentence('qr_value_tip_asked', {});
  if (value === '02') return sentence('qr_value_tip_fixed', {});
  return value === '03' ? sentence('qr_value_tip_percent', {}) : null;
}
