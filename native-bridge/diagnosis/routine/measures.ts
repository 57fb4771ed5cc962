/**
 * What is compared from visit to visit, and how: which way is good, how much is noise, where its band
 * ends (the profile's thresholds). Margins are trade knowledge [T]: what one terminal shows within a
 * day on the same counter.
 */
import { trendNames, type TrendName } from '../../contract/diagnosis.ts';
import type { ReadingName } from '../../contract/reading.ts';
import type { Limits } from '../input.ts';

export interface Measure {
  /** `none`: it only ever grows, and that is no fault. */
  readonly good: 'up' | 'down' | 'near-zero' | 'none';
  /** In the reading's unit; less is no difference. */
  readonly margin: number;
  /** Of the value before, where that is more. */
  readonly marginShare?: number;
  /** Beyond it a check warns; null: nobody says where. */
  readonly band: number | null;
  /** It moves on as it moved: what it will be at the next visit can be told. */
  readonly isRate: boolean;
  /** Words that are well. */
  readonly well?: readonly string[];
}

export const trendOrder: readonly TrendName[] = trendNames;

/** Readings that the trends are made of. */
export const readingsOfTrends: readonly ReadingName[] = trendNames.map((name) =>
  name === 'clock.skewSeconds' ? 'clock.utc' : name,
);

export function measureOf(name: TrendName, limits: Limits): Measure {
  switch (name) {
    case 'battery.levelPercent':
      return up(20, limits.batteryWarnPercent);
    case 'battery.health':
      return { good: 'up', margin: 0, band: null, isRate: false, well: ['good'] };
    case 'battery.cycleCount':
      return { good: 'none', margin: 1, band: null, isRate: false };
    case 'wifi.rssiDbm':
      return up(6, limits.wifiWeakDbm, true);
    case 'cellular.rsrpDbm':
      return up(6, limits.cellularWeakDbm, true);
    case 'cellular.sinrDb':
      return up(5, limits.cellularPoorSinrDb, true);
    case 'network.lossPercent':
      return down(2, limits.lossWarnPercent);
    case 'network.latencyMs':
      return { ...down(50, limits.latencyWarnMs), marginShare: 0.3 };
    case 'network.jitterMs':
      return { ...down(20, limits.jitterWarnMs), marginShare: 0.5 };
    case 'clock.skewSeconds':
      return { good: 'near-zero', margin: 5, band: limits.clockWarnSeconds, isRate: true };
    case 'scanner.decodeMs':
      return { ...down(100, limits.scannerSlowMs, true), marginShare: 0.3 };
  }
}

const up = (margin: number, band: number, isRate = false): Measure => ({
  good: 'up',
  margin,
  band,
  isRate,
});
const down = (margin: number, band: number, isRate = false): Measure => ({
  good: 'down',
  margin,
  band,
  isRate,
});
