/** Currencies by their ISO 4217 codes; their names are the platform's own (CLDR). */
import type { Locale } from '../contract/common.ts';

/** Three digits to three letters. */
export const currencies: ReadonlyMap<string, string> = new Map([
  ['036', 'AUD'],
  ['096', 'BND'],
  ['104', 'MMK'],
  ['116', 'KHR'],
  ['124', 'CAD'],
  ['144', 'LKR'],
  ['156', 'CNY'],
  ['344', 'HKD'],
  ['356', 'INR'],
  ['360', 'IDR'],
  ['392', 'JPY'],
  ['398', 'KZT'],
  ['410', 'KRW'],
  ['418', 'LAK'],
  ['446', 'MOP'],
  ['458', 'MYR'],
  ['496', 'MNT'],
  ['524', 'NPR'],
  ['554', 'NZD'],
  ['586', 'PKR'],
  ['604', 'PEN'],
  ['608', 'PHP'],
  ['643', 'RUB'],
  ['682', 'SAR'],
  ['702', 'SGD'],
  ['704', 'VND'],
  ['756', 'CHF'],
  ['764', 'THB'],
  ['784', 'AED'],
  ['826', 'GBP'],
  ['840', 'USD'],
  ['901', 'TWD'],
  ['978', 'EUR'],
  ['986', 'BRL'],
]);

/** Its digits, of digits or letters; null: not known here. */
export function numericCurrency(code: string): string | null {
  if (/^[0-9]{3}$/.test(code)) return code;
  const upper = code.trim().toUpperCase();
  return [...currencies].find(([, letters]) => letters === upper)?.[0] ?? null;
}

/** 人民币 of `156` or `CNY`; null: not known here. */
export function currencyName(code: string, locale: Locale): string | null {
  const letters = currencies.get(numericCurrency(code) ?? '');
  if (letters === undefined) return null;
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'none' });
  return names.of(letters) ?? null;
}
