/** The battery as the gauge reports it; numbers of status and health are Android's BatteryManager's. */
import type { FaultSet } from '../faults.ts';

export interface BatteryState {
  readonly levelPercent: number;
  readonly millivolts: number;
  readonly deciCelsius: number;
  readonly source: 'ac' | 'usb' | 'none';
  readonly status: 'charging' | 'discharging' | 'not charging' | 'full';
  readonly health: 'good' | 'overheat' | 'dead';
  readonly cycles: number;
  readonly microampHours: number;
}

/** What a full battery holds. */
export const FULL_MICROAMP_HOURS = 5_000_000;

const healthy: BatteryState = {
  levelPercent: 83,
  millivolts: 4021,
  deciCelsius: 291,
  source: 'ac',
  status: 'charging',
  health: 'good',
  cycles: 146,
  microampHours: 0,
};

export function batteryState(faults: FaultSet): BatteryState {
  const charge = chargeState(faults);
  const hot: Partial<BatteryState> = faults.has('battery-hot')
    ? { deciCelsius: 582, health: 'overheat', status: 'not charging' }
    : {};
  const worn: Partial<BatteryState> = faults.has('battery-worn')
    ? { cycles: 1180, health: hot.health ?? 'dead' }
    : {};
  const state = { ...healthy, ...charge, ...hot, ...worn };
  const full = faults.has('battery-worn') ? FULL_MICROAMP_HOURS * 0.61 : FULL_MICROAMP_HOURS;
  return { ...state, microampHours: Math.round((full * state.levelPercent) / 100) };
}

function chargeState(faults: FaultSet): Partial<BatteryState> {
  if (faults.has('battery-empty-not-charging')) {
    return { levelPercent: 2, millivolts: 3402, status: 'not charging' };
  }
  if (faults.has('battery-low')) {
    return { levelPercent: 12, millivolts: 3561, source: 'none', status: 'discharging' };
  }
  return {};
}
