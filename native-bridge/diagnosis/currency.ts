/** Currencies as devices write them: ISO 4217's letters or its three digits. */
import { numericCurrency } from '../wording/index.ts';

const written = (currency: string): string => {
  const text = currency.trim().toUpperCase();
  return /^\d{1,3}$/.test(text) ? text.padStart(3, '0') : (numericCurrency(text) ?? text);
};

export const isSameCurrency = (one: string, other: string): boolean =>
  written(one) === written(other);
