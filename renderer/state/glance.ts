/** What the cards at the top of the overview say, from readings and the model's limits. */
import type { Limits } from '../../native-bridge/contract/follow.ts';
import type { Reading, ReadingName } from '../../native-bridge/contract/reading.ts';
import type { Readings } from './readings.svelte.ts';

export type Band = 'ok' | 'warn' | 'fail';

function band(value: number, warn: number, fail: number): Band {
  if (value <= fail) return 'fail';
  return value <= warn ? 'warn' : 'ok';
}

/** null: the limits are not known yet. */
export function batteryBand(percent: number, limits: Limits | null): Band | null {
  if (limits === null) return null;
  return band(percent, limits.batteryWarnPercent, limits.batteryFailPercent);
}

export interface Signal {
  readonly by: 'wifi' | 'cellular';
  readonly name: ReadingName;
  readonly dbm: number;
  readonly band: Band | null;
}

/** The one in use first. */
export function signalsOf(readings: Readings, limits: Limits | null): Signal[] {
  const of = (by: Signal['by'], name: ReadingName, warn?: number, fail?: number): Signal[] => {
    const dbm = readings.number(name);
    if (dbm === null) return [];
    const known = warn !== undefined && fail !== undefined;
    return [{ by, name, dbm, band: known ? band(dbm, warn, fail) : null }];
  };
  const wifi = of('wifi', 'wifi.rssiDbm', limits?.wifiWeakDbm, limits?.wifiPoorDbm);
  const cellular = of(
    'cellular',
    'cellular.rsrpDbm',
    limits?.cellularWeakDbm,
    limits?.cellularPoorDbm,
  );
  const byCellular = readings.byName.get('network.link')?.value === 'cellular';
  return byCellular ? [...cellular, ...wifi] : [...wifi, ...cellular];
}

export interface Vitals {
  readonly percent: number | null;
  readonly charging: boolean;
  readonly signals: readonly Signal[];
  /** When the oldest of them was read; null: none was. */
  readonly atUtc: string | null;
}

/** Battery and the first of the signals: what one looks for before anything else. */
export function vitalsOf(readings: Readings, mostSignals: number): Vitals {
  const percent = readings.number('battery.levelPercent');
  const charging = readings.byName.get('battery.charging')?.value === true;
  const signals = signalsOf(readings, null).slice(0, mostSignals);
  const names: ReadingName[] = signals.map(({ name }) => name);
  if (percent !== null) names.push('battery.levelPercent');
  const times = names.flatMap((name) => readings.byName.get(name)?.atUtc ?? []);
  return { percent, charging, signals, atUtc: times.toSorted()[0] ?? null };
}

/** A time with its zone; one without tells no instant. */
const instant = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/i;

/** How far the terminal's clock is ahead of this computer's; null: it did not tell. */
export function clockAheadMs(reading: Reading | undefined): number | null {
  if (typeof reading?.value !== 'string' || !instant.test(reading.value.trim())) return null;
  const aheadMs = Date.parse(reading.value.trim()) - Date.parse(reading.atUtc);
  return Number.isNaN(aheadMs) ? null : aheadMs;
}
