/** The checks of the playbook, in the guide's order. */
import type { Check } from '../check.ts';
import { announcement } from './announcement.ts';
import { battery } from './battery.ts';
import { network } from './network.ts';
import { paymentSettings } from './payment-settings.ts';
import { platform } from './platform.ts';
import { printer } from './printer.ts';
import { qrMode } from './qr-mode.ts';
import { scanner } from './scanner.ts';
import { soundDevice } from './sound-device.ts';
import { systemVersion } from './system-version.ts';
import { tamper } from './tamper.ts';
import { wifi } from './wifi.ts';

export const checks: readonly Check[] = [
  network,
  wifi,
  scanner,
  battery,
  systemVersion,
  tamper,
  printer,
  soundDevice,
  announcement,
  paymentSettings,
  qrMode,
  platform,
];
