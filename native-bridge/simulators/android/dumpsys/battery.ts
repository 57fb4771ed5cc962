/** `dumpsys battery`: BatteryService's dump; Android 13 has one line more about docks. */
import type { Device } from '../device/device.ts';

/** BatteryManager's constants. */
const statuses = { charging: 2, discharging: 3, 'not charging': 4, full: 5 } as const;
const healths = { good: 2, overheat: 3, dead: 4 } as const;

export function battery(device: Device): string {
  const state = device.battery;
  const { sdk } = device.model.firmware;
  const powered = state.source !== 'none';
  const rows: readonly (readonly [string, string | number | boolean])[] = [
    ['AC powered', state.source === 'ac'],
    ['USB powered', state.source === 'usb'],
    ['Wireless powered', false],
    ...(sdk >= 33 ? ([['Dock powered', false]] as const) : []),
    ['Max charging current', powered ? 2_000_000 : 0],
    ['Max charging voltage', powered ? 5_000_000 : 0],
    // The older gauge counts nothing.
    ['Charge counter', sdk >= 28 ? state.microampHours : 0],
    ['status', statuses[state.status]],
    ['health', healths[state.health]],
    ['present', true],
    ['level', state.levelPercent],
    ['scale', 100],
    ['voltage', state.millivolts],
    ['temperature', state.deciCelsius],
    ['technology', 'Li-ion'],
  ];
  const shown = rows.map(([name, value]) => `  ${name}: ${value}\n`).join('');
  return `Current Battery Service state:\n${shown}`;
}
