/** 2.2 Battery: level and charging by the profile's bands, temperature; health only as its source says. */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import type { Seen } from '../seen.ts';
import { formatReading, perLocale, sentence } from '../../wording/index.ts';

export const battery: Check = {
  id: 'battery',
  rung: 'power',
  needs: ['battery.levelPercent', 'battery.charging', 'battery.celsius'],
  also: ['battery.millivolts', 'battery.health'],
  needsSettings: false,
  look(input, seen) {
    // Of one model some run on mains alone.
    if (!input.model.has.battery || seen.isNone('battery.levelPercent')) {
      return look({ otherwise: outcome('not-applicable', sentence('absent_battery', {})) });
    }
    const levelPercent = seen.number('battery.levelPercent');
    const charging = seen.flag('battery.charging');
    const evidence = fromReadings(
      input,
      'battery.levelPercent',
      'battery.charging',
      'battery.millivolts',
      'battery.celsius',
      'battery.health',
    );
    const warmth = [...heat(input, seen), ...health(input, seen)];
    if (levelPercent === null) {
      const otherwise = outcome('unknown', sentence('unread_no_source', {}));
      return look({ observations: warmth, otherwise });
    }
    const headline = sentence(charging === true ? 'fine_battery_charging' : 'fine_battery', {
      levelPercent,
    });
    return look({
      observations: [...charge(input, levelPercent, charging), ...warmth],
      otherwise: outcome('pass', headline, evidence),
    });
  },
};

function charge(input: CheckInput, levelPercent: number, charging: boolean | null): Observation[] {
  const { batteryFailPercent, batteryWarnPercent } = input.model.thresholds;
  const evidence = fromReadings(input, 'battery.levelPercent', 'battery.charging');
  const facts = { levelPercent };
  if (levelPercent <= batteryFailPercent && charging === true) {
    return [observe('battery-empty-charging', facts, { evidence })];
  }
  if (charging !== false || levelPercent > batteryWarnPercent) return [];
  return [
    levelPercent <= batteryFailPercent
      ? observe('battery-empty', facts, { evidence })
      : observe('battery-low', facts, { evidence }),
  ];
}

function heat(input: CheckInput, seen: Seen): Observation[] {
  const batteryCelsius = seen.number('battery.celsius');
  if (batteryCelsius === null || batteryCelsius < input.model.thresholds.batteryHotCelsius)
    return [];
  const evidence = fromReadings(input, 'battery.celsius');
  return [observe('battery-hot', { batteryCelsius }, { evidence })];
}

/** Words that mean trouble with every source; other words and numbers aren't comparable. */
const unwell = new Set(['dead', 'bad', 'worn', 'overheat', 'overvoltage', 'failure', 'replace']);

function health(input: CheckInput, seen: Seen): Observation[] {
  const value = seen.peek('battery.health');
  if (typeof value !== 'string') return [];
  if (!unwell.has(value.toLowerCase().replaceAll(/[^a-z]/gu, ''))) return [];
  const evidence = fromReadings(input, 'battery.health');
  const reading = { name: 'battery.health', value, unit: 'none' } as const;
  const words = perLocale((locale) => formatReading(reading, locale));
  return [observe('battery-unhealthy', { health: words }, { evidence })];
}
