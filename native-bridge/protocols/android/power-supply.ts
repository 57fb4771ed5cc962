/**
 * `/sys/class/power_supply/…/uevent`, one supply after the other (Linux, Documentation/ABI/testing/
 * sysfs-class-power): `POWER_SUPPLY_KEY=value`, charges in µAh. A driver that does not know prints 0
 * or a negative error number; some print mAh.
 */
import { linesOf } from './text.ts';
import { integerOf } from './values.ts';

export interface PowerSupply {
  /** null also where the driver does not count them, and says 0. */
  readonly cycleCount: number | null;
  readonly chargeFullMicroampHours: number | null;
  readonly designMicroampHours: number | null;
  /** As `dumpsys battery` names them, and a few more. */
  readonly health: string | null;
}

type Supply = ReadonlyMap<string, string>;

const MAX_SUPPLIES = 64;

export function parsePowerSupply(text: string): PowerSupply {
  const battery = batteryOf(readSupplies(text));
  const value = (key: string) => integerOf(battery?.get(key));
  return {
    cycleCount: within(value('CYCLE_COUNT'), 1, 100_000),
    chargeFullMicroampHours: microampHours(value('CHARGE_FULL')),
    designMicroampHours: microampHours(value('CHARGE_FULL_DESIGN')),
    health: healthOf(battery?.get('HEALTH')),
  };
}

/** Each begins with its name; older kernels print nothing before that, newer ones DEVTYPE. */
function readSupplies(text: string): Supply[] {
  const supplies: Map<string, string>[] = [];
  for (const line of linesOf(text)) {
    const [, key, value] = /^POWER_SUPPLY_([A-Z0-9_]{1,64})=(.{0,256})$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    if (key === 'NAME' && supplies.length < MAX_SUPPLIES) supplies.push(new Map());
    const supply = supplies.at(-1);
    if (supply?.has(key) === false) supply.set(key, value.trim());
  }
  return supplies;
}

/** The terminal's own: not a fuel gauge beside it, nor a stylus's. */
function batteryOf(supplies: readonly Supply[]): Supply | undefined {
  const named = supplies.find((supply) => supply.get('NAME') === 'battery');
  if (named !== undefined) return named;
  const typed = supplies.filter(
    (supply) => supply.get('TYPE') === 'Battery' && supply.get('SCOPE') !== 'Device',
  );
  const likely = typed.length > 0 ? typed : supplies.filter((supply) => supply.has('CAPACITY'));
  return likely.length === 1 ? likely[0] : undefined;
}

function within(value: number | null, least: number, most: number): number | null {
  return value !== null && value >= least && value <= most ? value : null;
}

/** 100 mAh to 50 Ah; no battery of a terminal has 50 µAh to 50 mAh, so such a number is in mAh. */
function microampHours(value: number | null): number | null {
  const thousands = within(value, 100, 50_000);
  return thousands === null ? within(value, 100_000, 50_000_000) : thousands * 1_000;
}

const healths: ReadonlyMap<string, string> = new Map([
  ['Good', 'good'],
  ['Overheat', 'overheat'],
  ['Dead', 'dead'],
  ['Over voltage', 'over-voltage'],
  ['Unspecified failure', 'failure'],
  ['Cold', 'cold'],
  ['Over current', 'over-current'],
  ['Watchdog timer expire', 'charge-timeout'],
  ['Safety timer expire', 'charge-timeout'],
  ['Calibration required', 'calibration-required'],
  ['Warm', 'warm'],
  ['Cool', 'cool'],
  ['Hot', 'hot'],
  ['No battery', 'no-battery'],
]);

const healthOf = (word: string | undefined) => healths.get(word ?? '') ?? null;
