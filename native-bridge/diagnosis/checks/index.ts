/** The checks of the playbook, in the guide's order. */
import type { Check } from '../check.ts';
import { announcement } from './announcement.ts';
import { acquirerApps } from './acquirer-apps.ts';
import { battery } from './battery.ts';
import { cardBound } from './card-bound.ts';
import { counterCode } from './counter-code.ts';
import { deviceBinding } from './device-binding.ts';
import { licence } from './licence.ts';
import { merchantStatus } from './merchant-status.ts';
import { cellular } from './cellular.ts';
import { clock } from './clock.ts';
import { network } from './network.ts';
import { operation } from './operation.ts';
import { orderState } from './order-state.ts';
import { paymentSettings } from './payment-settings.ts';
import { platform } from './platform.ts';
import { printer } from './printer.ts';
import { qrMode } from './qr-mode.ts';
import { scanner } from './scanner.ts';
import { soundDevice } from './sound-device.ts';
import { qrValidity } from './qr-validity.ts';
import { receiving } from './receiving.ts';
import { settlement } from './settlement.ts';
import { signIn } from './sign-in.ts';
import { support } from './support.ts';
import { systemVersion } from './system-version.ts';
import { tamper } from './tamper.ts';
import { tls } from './tls.ts';
import { vpn } from './vpn.ts';
import { wifi } from './wifi.ts';

export const checks: readonly Check[] = [
  network,
  wifi,
  vpn,
  cellular,
  clock,
  tls,
  scanner,
  battery,
  systemVersion,
  tamper,
  printer,
  soundDevice,
  announcement,
  paymentSettings,
  qrMode,
  operation,
  signIn,
  counterCode,
  acquirerApps,
  cardBound,
  merchantStatus,
  receiving,
  deviceBinding,
  settlement,
  licence,
  platform,
  support,
  qrValidity,
  orderState,
];
