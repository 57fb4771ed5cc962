/**
 * What codes stand for: currencies, countries, languages, categories of merchants, owners of
 * application ids. Names of countries, currencies and languages are the platform's own (CLDR).
 */
import type { Sentence } from '../../contract/common.ts';
import { currencies, perLocale, sentence } from '../../wording/index.ts';

/** Countries whose only currency it is, and no other's: the first two letters of the currency. */
export function countryOfCurrency(numeric: string): string | null {
  const letters = currencies.get(numeric);
  return letters === undefined || ['EUR', 'USD', 'CHF', 'AUD', 'NZD'].includes(letters)
    ? null
    : letters.slice(0, 2);
}

/** Application ids, and reversed domains, or what they begin with. */
const schemes: readonly { readonly begins: string; readonly name: string }[] = [
  { begins: 'a000000003', name: 'Visa' },
  { begins: 'a000000004', name: 'Mastercard' },
  { begins: 'a000000025', name: 'American Express' },
  { begins: 'a000000065', name: 'JCB' },
  { begins: 'a000000152', name: 'Discover' },
  { begins: 'a000000333', name: 'UnionPay' },
  { begins: 'a000000524', name: 'RuPay' },
  { begins: 'a0000006022020', name: 'QRIS' },
  { begins: 'a000000615', name: 'MyDebit' },
  { begins: 'a000000677', name: 'PromptPay' },
  { begins: 'a000000727', name: 'NAPAS' },
  { begins: 'sg.paynow', name: 'PayNow' },
  { begins: 'hk.com.hkicl', name: 'FPS' },
  { begins: 'br.gov.bcb.pix', name: 'Pix' },
  { begins: 'id.co.qris', name: 'QRIS' },
];

export function schemeName(id: string): string | null {
  const lower = id.toLowerCase();
  return schemes.find(({ begins }) => lower.startsWith(begins))?.name ?? null;
}

export const named = (name: string | null | undefined): Sentence | null =>
  name == null ? null : sentence('qr_value_named', { name });

export const currencyNamed = (numeric: string): Sentence | null =>
  displayed('currency', currencies.get(numeric), (name, letters) => `${name} (${letters})`);

export const countryNamed = (letters: string): Sentence | null =>
  displayed('region', /^[A-Z]{2}$/.test(letters) ? letters : undefined);

export const languageNamed = (letters: string): Sentence | null =>
  displayed('language', /^[A-Za-z]{2}$/.test(letters) ? letters : undefined);

function displayed(
  type: 'currency' | 'region' | 'language',
  code: string | undefined,
  told: (name: string, code: string) => string = (name) => name,
): Sentence | null {
  if (code === undefined) return null;
  const nameIn = (locale: string): string | undefined =>
    new Intl.DisplayNames(locale, { type, fallback: 'none' }).of(code);
  if (nameIn('en') === undefined) return null;
  return sentence('qr_value_named', {
    name: perLocale((locale) => told(nameIn(locale) ?? code, code)),
  });
}
