/** Readings as people see them: label, and value with its unit. */
import type { Locale } from '../contract/common.ts';
import type { Reading, ReadingName, SamplingWindow } from '../contract/reading.ts';
import { message, plain } from './catalogue.ts';
import { cleanText } from './clean-text.ts';
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
 * The value's own words where a reading has some (`true` of battery.charging is "charging"). Devices
 * spell one word in several ways (`over-voltage`, `OVER_VOLTAGE`); a word that is unknown stays as it is.
 */
function valueWords(name: ReadingName, value: string | boolean, locale: Locale): string | null {
  const known = String(value)
    .toLowerCase()
    .replaceAll(/[ _-]+/gu, '_');
  return message(`value_${snakeOf(name)}_${known}`, {}, locale);
}

/**
 * The words of a setting's value where it has some: 动态码 for `dynamic` of qr.mode. Its name in the
 * profile is the reading's where both tell the same; null: the value stands for itself.
 */
export function settingWords(key: string, value: string, locale: Locale): string | null {
  if (!/^[a-z][\w.]{0,63}$/i.test(key) || !/^[\w-]{1,32}$/.test(value)) return null;
  return valueWords(key as ReadingName, value, locale);
}

/** The value with its unit, in words: `−58 dBm`, `charging`, `not read`. */
export function formatReading(
  reading: Pick<Reading, 'name' | 'value' | 'unit'>,
  locale: Locale,
): string {
  const { name, value, unit } = reading;
  if (value === null) return plain('value_missing', locale);
  if (typeof value === 'number') return formatQuantity(value, unit, locale);
  const own = valueWords(name, value, locale);
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
