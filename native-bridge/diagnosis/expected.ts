/**
 * Settings against what they should be. A setting belongs to the check of its reading; else to the
 * check that the first word of its key names (`network.paymentHost`); else to the payment settings,
 * which are what a merchant's expected values are about.
 */
import type { SettingRow } from '../contract/correction.ts';
import type { CheckId } from '../contract/diagnosis.ts';
import { readingNames, type ReadingName } from '../contract/reading.ts';
import type { CheckInput, ModelFacts } from './input.ts';

export interface Compared {
  readonly row: SettingRow;
  /** The reading from the same source, if the model has one. */
  readonly reading: ReadingName | null;
  readonly expected: string;
  /** Empty where the terminal has none. */
  readonly found: string;
}

export interface Comparison {
  /** How many settings of this check have an expected value. */
  readonly count: number;
  readonly wrong: readonly Compared[];
  readonly unread: readonly SettingRow[];
}

const checkOfArea: ReadonlyMap<string, CheckId> = new Map([
  ['network', 'network'],
  ['wifi', 'wifi'],
  ['qr', 'qr-mode'],
  ['payment', 'payment-settings'],
  ['scanner', 'scanner'],
  ['speaker', 'sound-device'],
  ['vpn', 'vpn'],
  ['clock', 'clock'],
]);

/** First words of keys, in the vocabulary's terms and in those of devices' own trees. */
const areaOfWord: ReadonlyMap<string, string> = new Map([
  ['net', 'network'],
  ['network', 'network'],
  ['apn', 'network'],
  ['dns', 'network'],
  ['wifi', 'wifi'],
  ['wlan', 'wifi'],
  ['qr', 'qr'],
  ['code', 'qr'],
  ['scanner', 'scanner'],
  ['scan', 'scanner'],
  ['ethernet', 'network'],
  ['vpn', 'vpn'],
  ['clock', 'clock'],
]);

/** Every setting of this check that has an expected value, compared. Secrets can't be. */
export function compareSettings(input: CheckInput, check: CheckId): Comparison {
  const rows = input.settings.filter(
    (row) => row.expected !== null && !row.secret && checkOf(input.model, row.key) === check,
  );
  const unread = rows.filter((row) => row.failure !== null);
  const wrong = rows
    .filter((row) => row.failure === null && row.differs)
    .map((row) => ({
      row,
      reading: readingOf(input.model, row.key),
      expected: row.expected ?? '',
      found: row.current ?? '',
    }));
  return { count: rows.length, wrong, unread };
}

/** What the setting behind a reading should be; null where nothing says so. */
export function expectedOf(input: CheckInput, reading: ReadingName): string | null {
  const row = input.settings.find((r) => readingOf(input.model, r.key) === reading);
  return row?.expected ?? null;
}

/** The setting behind a reading, as a list for a remedy. */
export function settingsBehind(input: CheckInput, reading: ReadingName): string[] {
  return input.settings
    .filter((row) => row.expected !== null && readingOf(input.model, row.key) === reading)
    .map((row) => row.key);
}

/** The way into the mobile network; other network settings are about what is beyond it. */
export const isApn = (key: string): boolean => /apn/iu.test(key);

const names: ReadonlySet<string> = new Set(readingNames);
const isReadingName = (text: string): text is ReadingName => names.has(text);

/** The check that a setting belongs to. */
export function checkOf(model: ModelFacts, key: string): CheckId {
  const reading = readingOf(model, key);
  if (reading === 'qr.validitySeconds') return 'qr-validity';
  const word = /^[a-z]+/iu.exec(key)?.[0].toLowerCase() ?? '';
  const area = reading?.split('.')[0] ?? areaOfWord.get(word) ?? '';
  return checkOfArea.get(area) ?? 'payment-settings';
}

/** A profile names a setting after its reading, or both come from the same place. */
function readingOf(model: ModelFacts, key: string): ReadingName | null {
  if (isReadingName(key)) return key;
  const source = model.settings.find((setting) => setting.key === key)?.source.key ?? key;
  for (const [name, reading] of model.readings) {
    if (reading.source.from.endsWith('settings') && reading.source.key === source) return name;
  }
  return null;
}
