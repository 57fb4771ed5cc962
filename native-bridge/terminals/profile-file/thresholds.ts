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
});
