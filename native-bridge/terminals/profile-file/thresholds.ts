/**
 * `thresholds`: where a value turns into a warning or a failure. The defaults are trade knowledge,
 * not specifications, except the LTE signal steps; that is why a profile can change each.
 */
import type { Thresholds } from '../profile.ts';
import { object, optional } from '../shapes/collections.ts';
import { integer } from '../shapes/scalars.ts';
import type { Shape } from '../shapes/shape.ts';

export const defaultThresholds: Thresholds = {
  batteryWarnPercent: 30,
  batteryFailPercent: 20,
  batteryFlashPercent: 40,
  batteryHotCelsius: 45,
  wifiWeakDbm: -70,
  wifiPoorDbm: -80,
  // RSRP steps of Android's signal bars: −115, −105, −95, −85.
  cellularWeakDbm: -105,
  cellularPoorDbm: -115,
  latencyWarnMs: 800,
  lossWarnPercent: 5,
  lossFailPercent: 30,
  qrMinValiditySeconds: 60,
  qrMaxValiditySeconds: 7_200,
  jitterWarnMs: 100,
  vpnDropWarnCount: 3,
  cellularPoorSinrDb: 0,
  clockWarnSeconds: 60,
  // What signed interfaces of the large wallets take: five minutes.
  clockFailSeconds: 300,
  scannerSlowMs: 1_000,
  volumeLowPercent: 20,
  patchWarnDays: 540,
};

const percent = (name: keyof Thresholds) => optional(integer(0, 100), defaultThresholds[name]);
const dbm = (name: keyof Thresholds) => optional(integer(-150, 0), defaultThresholds[name]);

export const thresholdsShape: Shape<Thresholds> = object({
  batteryWarnPercent: percent('batteryWarnPercent'),
  batteryFailPercent: percent('batteryFailPercent'),
  batteryFlashPercent: percent('batteryFlashPercent'),
  batteryHotCelsius: optional(integer(20, 120), defaultThresholds.batteryHotCelsius),
  wifiWeakDbm: dbm('wifiWeakDbm'),
  wifiPoorDbm: dbm('wifiPoorDbm'),
  cellularWeakDbm: dbm('cellularWeakDbm'),
  cellularPoorDbm: dbm('cellularPoorDbm'),
  latencyWarnMs: optional(integer(1, 60_000), defaultThresholds.latencyWarnMs),
  lossWarnPercent: percent('lossWarnPercent'),
  lossFailPercent: percent('lossFailPercent'),
  qrMinValiditySeconds: optional(integer(1, 86_400), defaultThresholds.qrMinValiditySeconds),
  qrMaxValiditySeconds: optional(integer(1, 86_400), defaultThresholds.qrMaxValiditySeconds),
  jitterWarnMs: optional(integer(1, 60_000), defaultThresholds.jitterWarnMs),
  vpnDropWarnCount: optional(integer(1, 10_000), defaultThresholds.vpnDropWarnCount),
  cellularPoorSinrDb: optional(integer(-30, 50), defaultThresholds.cellularPoorSinrDb),
  clockWarnSeconds: optional(integer(1, 86_400), defaultThresholds.clockWarnSeconds),
  clockFailSeconds: optional(integer(1, 86_400), defaultThresholds.clockFailSeconds),
  scannerSlowMs: optional(integer(1, 60_000), defaultThresholds.scannerSlowMs),
  volumeLowPercent: percent('volumeLowPercent'),
  patchWarnDays: optional(integer(1, 3_650), defaultThresholds.patchWarnDays),
});
