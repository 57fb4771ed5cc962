/** The battery as the gauge reports it. */
import type { FaultSet } from '../faults.ts';

export interface BatteryState {
  readonly levelPercent: number;
  readonly millivolts: number;
  readonly celsius: number;
  readonly plugged: boolean;
  readonly charging: boolean;
  readonly health: 'good' | 'overheat' | 'worn';
  readonly cycles: number;
}

const HEALTHY: BatteryState = {
  levelPercent: 83,
  millivolts: 3987,
  celsius: 29.5,
  plugged: true,
  charging: true,
  health: 'good',
  cycles: 146,
};

const WORN_CYCLES = 1180;

export function batteryState(faults: FaultSet, drained: boolean): BatteryState {
  const state = chargeState(faults, drained);
  if (!faults.has('battery-worn')) return state;
  const health = state.health === 'good' ? 'worn' : state.health;
  return { ...state, health, cycles: WORN_CYCLES };
}

function chargeState(faults: FaultSet, drained: boolean): BatteryState {
  const hot: Partial<BatteryState> = faults.has('battery-hot')
    ? { celsius: 58.2, health: 'overheat', charging: false }
    : {};
  if (drained || faults.has('battery-empty-not-charging')) {
    const worn = drained ? 'good' : 'worn';
    const levelPercent = drained ? 4 : 2;
    return { ...HEALTHY, levelPercent, millivolts: 3402, charging: false, health: worn, ...hot };
  }
  if (faults.has('battery-low')) {
    const low = { levelPercent: 12, millivolts: 3561, plugged: false, charging: false };
    return { ...HEALTHY, ...low, ...hot };
  }
  return { ...HEALTHY, ...hot };
}

export function chargeText(battery: BatteryState): string {
  if (battery.charging) return 'charging';
  return battery.plugged ? 'plugged, not charging' : 'discharging';
}
