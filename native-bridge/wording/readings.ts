/** Readings as people see them: label, and value with its unit. */
import type { Locale } from '../contract/common.ts';
import type { Reading, ReadingName, SamplingWindow } from '../contract/reading.ts';
import { message, plain } from './catalogue.ts';
import { cleanText } from './clean-text.ts';
import { currencyName } from './currencies.ts';
import { formatQuantity, formatTime } from './format.ts';

type Snake<Text extends string> = Text extends `${infer Head}${infer Tail}`
  ? `${Head extends '.' ? '_' : Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Tail>}`
  : Text;

/** `battery.levelPercent` → `battery_level_percent`. */
const snakeOf = <Name extends ReadingName>(name: Name): Snake<Name> =>
  name
    .replace('.', '_')
    .replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`) as Snake<Name>;

export const readingLabel = (name: ReadingName, locale: Locale): string =>
  plain(`reading_${snakeOf(name)}`, locale);

/**
 * The value's own words where a reading has some (`true` of battery.charging is "charging"), those of
 * each of its parts where it is a list. Devices spell one word in several ways (`over-voltage`,
 * `OVER_VOLTAGE`); a word that is unknown stays as it is.
 */
function valueWords(name: ReadingName, value: string | boolean, locale: Locale): string | null {
  const parts = String(value).split(',').slice(0, mostParts);
  const said = parts.map((part) => partWords(name, part.trim(), locale));
  if (said.every((part) => part === null)) return null;
  const told = parts.map((part, at) => said[at] ?? cleanText(part.trim()));
  return told.join(locale === 'zh-CN' ? '、' : ', ');
}

const mostParts = 32;

function partWords(name: ReadingName, part: string, locale: Locale): string | null {
  const known = part.toLowerCase().replaceAll(/[ _-]+/gu, '_');
  return message(`value_${snakeOf(name)}_${known}`, {}, locale);
}

/**
 * The words of a setting's value where it has some: 动态码 for `dynamic` of qr.mode. Its name in the
 * profile is the reading's where both tell the same; null: the value stands for itself.
 */
export function settingWords(key: string, value: string, locale: Locale): string | null {
  if (!/^[a-z][\w.]{0,63}$/i.test(key) || !/^[\w-]{1,32}(?:, ?[\w-]{1,32}){0,31}$/.test(value))
    return null;
  if (key === 'payment.currency') return currencyName(value, locale);
  return valueWords(key as ReadingName, value, locale);
}

/** Codes that people compare with what stands elsewhere: they are read beside their words. */
function codeBeside(name: ReadingName, value: string, locale: Locale): string | null {
  const words =
    name === 'payment.currency'
      ? currencyName(value, locale)
      : name === 'payment.lastResponseCode'
        ? partWords(name, value.trim(), locale)
        : null;
  return words === null ? null : `${cleanText(value)} · ${words}`;
}

/** The value with its unit, in words: `−58 dBm`, `charging`, `156 · Chinese Yuan`, `not read`. */
export function formatReading(
  reading: Pick<Reading, 'name' | 'value' | 'unit'>,
  locale: Locale,
): string {
  const { name, value, unit } = reading;
  if (value === null) return plain('value_missing', locale);
  if (typeof value === 'number') return formatQuantity(value, unit, locale);
  const own =
    (typeof value === 'string' ? codeBeside(name, value, locale) : null) ??
    valueWords(name, value, locale);
  if (own !== null) return own;
  if (typeof value === 'boolean') return plain(value ? 'value_yes' : 'value_no', locale);
  // An empty text was read all the same: no proxy is set, say.
  if (value === '') return plain('value_none', locale);
  return name.endsWith('Utc') || name === 'clock.utc' ? formatTime(value) : cleanText(value);
}

/** What a window of samples has to say at a moment: how long it still takes, and what is measured. */
export function measuringFacts(
  names: SamplingWindow['names'],
  remainingMs: number,
  locale: Locale,
): { readonly durationMs: number; readonly readings: string[] } {
  // Whole seconds: tenths would only flicker. At its end the last answers are on their way.
  const seconds = Math.max(1, Math.ceil(remainingMs / 1000));
  return {
    durationMs: seconds * 1000,
    readings: names.map((name) => readingLabel(name, locale)),
  };
}
