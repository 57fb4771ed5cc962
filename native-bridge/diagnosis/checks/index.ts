/** The checks of the playbook, in the guide's order. */
import type { Check } from '../check.ts';
import { battery } from './battery.ts';
import { network } from './network.ts';
import { paymentSettings } from './payment-settings.ts';
import { platform } from './platform.ts';
import { qrMode } from './qr-mode.ts';
import { systemVersion } from './system-version.ts';
import { wifi } from './wifi.ts';

export const checks: readonly Check[] = [
  network,
  wifi,
  battery,
  systemVersion,
  paymentSettings,
  qrMode,
  platform,
];
