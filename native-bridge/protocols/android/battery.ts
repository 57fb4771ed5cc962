/**
 * `dumpsys battery` (frameworks/base, BatteryService.dumpInternal): one block of `key: value`, to
 * which vendors add lines and logs of their own, some with the same words. Only AOSP's keys count,
 * exactly as AOSP writes them, each the first time, and only with a value of its kind.
 */
import { linesOf, splitPair } from './text.ts';
import { booleanOf, decimalOf, integerOf, wordOf } from './values.ts';

/** BatteryManager.BATTERY_STATUS_*. */
export type BatteryStatus = 'charging' | 'discharging' | 'not-charging' | 'full';

/** BatteryManager.BATTERY_HEALTH_*. */
export type BatteryHealth =
  'good' | 'overheat' | 'dead' | 'over-voltage' | 'failure' | 'cold' | 'fair';

export interface Battery {
  /** false on a terminal without a battery: then the other values are made up. */
  readonly present: boolean | null;
  readonly levelPercent: number | null;
  readonly status: BatteryStatus | null;
  /** It takes a charge now: not where it is full, nor where it is plugged in and held. */
  readonly charging: boolean | null;
  /** A supply of any kind is plugged in. */
  readonly powered: boolean | null;
  readonly celsius: number | null;
  readonly millivolts: number | null;
  readonly health: BatteryHealth | null;
  readonly technology: string | null;
  /** Somebody set values by hand (`dumpsys battery set …`): all of the above are made up. */
  readonly updatesStopped: boolean | null;
}

const statuses: Readonly<Record<number, BatteryStatus>> = {
  2: 'charging',
  3: 'discharging',
  4: 'not-charging',
  5: 'full',
};

const healths: Readonly<Record<number, BatteryHealth>> = {
  2: 'good',
  3: 'overheat',
  4: 'dead',
  5: 'over-voltage',
  6: 'failure',
  7: 'cold',
  8: 'fair',
};

const supplies = ['AC powered', 'USB powered', 'Wireless powered', 'Dock powered'];

/** At least these tell that it is AOSP's block at all. */
const required = ['level', 'scale', 'status'];

export function parseBattery(text: string): Battery {
  const { keys, stopped } = readBlock(text);
  const isBlock = required.every((key) => keys.has(key));
  const value = (key: string) => (isBlock ? keys.get(key) : undefined);
  const status = statuses[integerOf(value('status')) ?? 0] ?? null;
  return {
    present: booleanOf(value('present')),
    levelPercent: percentOf(integerOf(value('level')), integerOf(value('scale'))),
    status,
    charging: status === null ? null : status === 'charging',
    powered: anyOf(supplies.map((key) => booleanOf(value(key)))),
    celsius: celsiusOf(value('temperature')),
    millivolts: millivoltsOf(value('voltage')),
    health: healths[integerOf(value('health')) ?? 0] ?? null,
    technology: wordOf(value('technology')),
    updatesStopped: isBlock ? stopped : null,
  };
}

/** The block ends at an empty line, or where a log begins with its name in brackets. */
function readBlock(text: string) {
  const keys = new Map<string, string>();
  let stopped = false;
  for (const line of linesOf(text)) {
    if (keys.size > 0 && (line.trim() === '' || line.startsWith('['))) break;
    if (line.includes('(UPDATES STOPPED')) stopped = true;
    const pair = splitPair(line, ':');
    if (pair === null || keys.has(pair[0]) || !/^[\w.-]{1,24}$/.test(pair[1])) continue;
    keys.set(...pair);
  }
  return { keys, stopped };
}

function percentOf(level: number | null, scale: number | null): number | null {
  if (level === null || scale === null || scale <= 0) return null;
  return level < 0 || level > scale ? null : Math.round((level * 100) / scale);
}

function anyOf(flags: readonly (boolean | null)[]): boolean | null {
  const known = flags.filter((flag) => flag !== null);
  return known.length === 0 ? null : known.includes(true);
}

/**
 * AOSP prints tenths; some vendors whole degrees, hundredths or thousandths. A number is taken
 * where one reading of it alone is a temperature that a battery can have. Below 100 there are two
 * (25 is 2.5 °C or 25 °C), so it is unknown; so is 0, which stands where nothing is measured.
 */
export function celsiusOf(text: string | undefined): number | null {
  const value = decimalOf(text);
  if (value === null) return null;
  const size = Math.abs(value);
  if (text?.includes('.') === true) return inRange(value);
  if (size < 100) return null;
  if (size <= 1_000) return inRange(value / 10);
  return inRange(value / (size <= 10_000 ? 100 : 1_000));
}

function inRange(celsius: number): number | null {
  return celsius >= -40 && celsius <= 100 ? celsius : null;
}

/** AOSP prints millivolts; some vendors volts or microvolts. One cell or up to five in a row. */
export function millivoltsOf(text: string | undefined): number | null {
  const value = decimalOf(text);
  if (value === null) return null;
  const factor = [1, 1_000, 1 / 1_000].find((each) => {
    const millivolts = value * each;
    return millivolts >= 2_000 && millivolts <= 25_000;
  });
  return factor === undefined ? null : Math.round(value * factor);
}
