/** Files of the kernel that the readings look at. */
import { FULL_MICROAMP_HOURS } from './battery.ts';
import type { Device } from './device.ts';

export function provideKernelFiles(device: Device): void {
  const { files, model } = device;
  files.provide('/proc/uptime', () => {
    const seconds = device.clock.uptimeMs / 1000;
    return `${seconds.toFixed(2)} ${(seconds * 3.1).toFixed(2)}\n`;
  });
  files.provide('/proc/sys/kernel/random/boot_id', () => `${device.bootId}\n`);
  files.provide(
    '/proc/version',
    () => `Linux version ${model.kernel} (build@posbench) #1 SMP PREEMPT\n`,
  );
  files.provide('/proc/meminfo', () => memory(model.ramKib));
  for (const path of ['/tmp/recovery.log', '/cache/recovery/last_log']) {
    files.provide(path, () => device.recoveryScreen.map((line) => `${line}\n`).join(''));
  }
  files.provide('/proc/loadavg', () => '1.42 1.31 1.28 2/611 9417\n');
  providePowerSupply(device);
}

function memory(totalKib: number): string {
  const rows: readonly (readonly [string, number])[] = [
    ['MemTotal', totalKib],
    ['MemFree', Math.round(totalKib * 0.06)],
    ['MemAvailable', Math.round(totalKib * 0.41)],
    ['Buffers', 21_408],
    ['Cached', Math.round(totalKib * 0.34)],
    ['SwapTotal', Math.round(totalKib / 2)],
    ['SwapFree', Math.round(totalKib * 0.32)],
  ];
  const line = ([name, kib]: readonly [string, number]): string =>
    `${`${name}:`.padEnd(16)}${String(kib).padStart(8)} kB\n`;
  return rows.map(line).join('');
}

const statuses = {
  charging: 'Charging',
  discharging: 'Discharging',
  'not charging': 'Not charging',
  full: 'Full',
};
const healths = { good: 'Good', overheat: 'Overheat', dead: 'Dead' };

function providePowerSupply(device: Device): void {
  const rows = (): Record<string, string> => {
    const battery = device.battery;
    const full = device.faults.has('battery-worn') ? 0.61 : 0.98;
    return {
      status: statuses[battery.status],
      health: healths[battery.health],
      present: '1',
      technology: 'Li-ion',
      capacity: String(battery.levelPercent),
      voltage_now: String(battery.millivolts * 1000),
      current_now: battery.status === 'charging' ? '842000' : '-211000',
      temp: String(battery.deciCelsius),
      charge_full: String(Math.round(FULL_MICROAMP_HOURS * full)),
      charge_full_design: String(FULL_MICROAMP_HOURS),
      charge_counter: String(battery.microampHours),
      cycle_count: String(battery.cycles),
      type: 'Battery',
    };
  };
  const top = '/sys/class/power_supply';
  for (const name of Object.keys(rows())) {
    device.files.provide(`${top}/battery/${name}`, () => `${rows()[name] ?? ''}\n`);
  }
  device.files.provide(`${top}/battery/uevent`, () => {
    const lines = Object.entries(rows()).filter(([name]) => name !== 'type');
    const shown = lines.map(([name, value]) => `POWER_SUPPLY_${name.toUpperCase()}=${value}\n`);
    return `POWER_SUPPLY_NAME=battery\n${shown.join('')}`;
  });
  for (const source of ['ac', 'usb'] as const) {
    const online = (): string => (device.battery.source === source ? '1' : '0');
    device.files.provide(`${top}/${source}/online`, () => `${online()}\n`);
    device.files.provide(`${top}/${source}/type`, () => (source === 'ac' ? 'Mains\n' : 'USB\n'));
    device.files.provide(
      `${top}/${source}/uevent`,
      () => `POWER_SUPPLY_NAME=${source}\nPOWER_SUPPLY_ONLINE=${online()}\n`,
    );
  }
}
