/** Currencies as devices write them: ISO 4217's letters or its three digits. */
const digitsOf: ReadonlyMap<string, string> = new Map([
  ['CNY', '156'],
  ['HKD', '344'],
  ['MOP', '446'],
  ['TWD', '901'],
  ['USD', '840'],
  ['EUR', '978'],
  ['GBP', '826'],
  ['JPY', '392'],
  ['KRW', '410'],
  ['SGD', '702'],
  ['MYR', '458'],
  ['THB', '764'],
  ['VND', '704'],
  ['IDR', '360'],
  ['PHP', '608'],
  ['AUD', '036'],
  ['CAD', '124'],
  ['CHF', '756'],
]);

const written = (currency: string): string => {
  const text = currency.trim().toUpperCase();
  return digitsOf.get(text) ?? (/^\d{1,3}$/.test(text) ? text.padStart(3, '0') : text);
};

export const isSameCurrency = (one: string, other: string): boolean =>
  written(one) === written(other);
