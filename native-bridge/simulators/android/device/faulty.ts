/** What a fault changes in the terminal when it comes, and when it goes. */
import type { FaultInfo } from '../faults.ts';
import type { Device } from './device.ts';
import { tableNames } from './tables.ts';

const GOOD_ZONE = 'Asia/Shanghai';

export function applyFault(device: Device, fault: FaultInfo, on: boolean): void {
  applySettings(device, fault, on);
  applyApps(device, fault.name, on);
  if (fault.name === 'wifi-wrong-ssid') device.wifi.leaveHome(on);
  if (fault.name === 'firmware-old' || fault.name === 'old-security-patch') {
    device.installation.firmware = on ? device.model.olderFirmware : device.model.firmware;
  }
}

function applySettings(device: Device, { settings = {} }: FaultInfo, on: boolean): void {
  for (const [address, wrong] of Object.entries(settings)) {
    const [where = '', key = ''] = address.split('/');
    if (where === 'prop') device.zone = on ? wrong : GOOD_ZONE;
    else {
      const table = tableNames.find((name) => name === where) ?? 'merchant';
      device.settings.leave(table, key, on ? wrong : null);
    }
  }
}

function applyApps({ packages, model, exempt }: Device, name: string, on: boolean): void {
  const { payment, scanner, otherPayment } = model.apps;
  if (name === 'payment-app-missing') {
    if (on) packages.remove(payment.name);
    else packages.restore(payment);
  } else if (name === 'payment-app-old') {
    const old = { versionCode: payment.versionCode - 10_000, versionName: '1.9.2' };
    packages.restore(on ? { ...payment, ...old } : payment);
  } else if (name === 'payment-app-disabled') {
    packages.setEnabled(payment.name, on ? 'disabled-user' : 'default');
  } else if (name === 'scanner-app-disabled') {
    packages.setEnabled(scanner.name, on ? 'disabled-user' : 'default');
  } else if (name === 'two-acquirers') {
    if (on) packages.restore(otherPayment);
    else packages.remove(otherPayment.name);
  } else if (name === 'payment-app-asleep') {
    if (on) exempt.delete(payment.name);
    else exempt.add(payment.name);
  }
}
