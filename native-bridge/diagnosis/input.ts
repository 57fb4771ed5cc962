/**
 * What a diagnosis is made from: readings, the settings table, what the model has and should be,
 * and what the technician answered. Plain data; nothing here asks a terminal.
 */
import type { SettingRow } from '../contract/correction.ts';
import type { Answers, Symptom } from '../contract/diagnosis.ts';
import type { Reading, ReadingName } from '../contract/reading.ts';
import type { ScannerTest } from '../contract/scanner.ts';
import type { Understood } from './answers/standing.ts';

/** Bands that a model's readings are judged by; percent, dBm, milliseconds, seconds as named. */
export interface Limits {
  readonly batteryWarnPercent: number;
  readonly batteryFailPercent: number;
  readonly batteryHotCelsius: number;
  readonly wifiWeakDbm: number;
  readonly wifiPoorDbm: number;
  readonly cellularWeakDbm: number;
  readonly cellularPoorDbm: number;
  readonly latencyWarnMs: number;
  readonly lossWarnPercent: number;
  readonly lossFailPercent: number;
  readonly qrMinValiditySeconds: number;
  readonly qrMaxValiditySeconds: number;
  readonly jitterWarnMs: number;
  readonly vpnDropWarnCount: number;
  readonly cellularPoorSinrDb: number;
  readonly clockWarnSeconds: number;
  readonly clockFailSeconds: number;
  readonly scannerSlowMs: number;
  readonly volumeLowPercent: number;
  readonly patchWarnDays: number;
}

/** The part of a profile that the checks need; a whole profile fits. */
export interface ModelFacts {
  readonly has: {
    readonly wifi: boolean;
    readonly cellular: boolean;
    readonly ethernet: boolean;
    readonly battery: boolean;
    readonly qrDisplay: boolean;
    readonly scanner: boolean;
    readonly printer: boolean;
    readonly speaker: boolean;
  };
  readonly thresholds: Limits;
  readonly expected: {
    readonly wifiSsids: readonly string[];
    readonly qrMode: 'static' | 'dynamic' | null;
    readonly paymentHost: string | null;
    readonly vpn: 'required' | 'forbidden' | 'allowed' | null;
    readonly currency: string | null;
    /** The oldest version of the payment app that the acquirer admits. */
    readonly paymentAppVersion?: string | null;
  };
  /** Readings that the model has a source for; one that is not here is absent, not unread. */
  readonly readings: ReadonlyMap<
    ReadingName,
    { readonly source: { readonly from: string; readonly key?: string } }
  >;
  readonly settings: readonly { readonly key: string; readonly source: { readonly key: string } }[];
  readonly firmware: { readonly admittedVersion: string | null } | null;
  /** Where its reads are reported; without it the loop test can't be run. */
  readonly scanner?: { readonly reads: unknown } | null;
}

export interface CheckInput {
  /** null: a routine visit, without a complaint. */
  readonly symptom: Symptom | null;
  readonly model: ModelFacts;
  readonly readings: ReadonlyMap<ReadingName, Reading>;
  /** Current and expected values of every setting of the profile. */
  readonly settings: readonly SettingRow[];
  /** By question id; a question that is not in here was not answered yet. */
  readonly answers: Answers;
  /** What the exact words among the answers mean. */
  readonly understood?: readonly Understood[];
  /** The loop tests of this visit since the terminal was last changed, the newest first. */
  readonly scannerTests?: readonly ScannerTest[];
  /**
   * How far this computer's clock is ahead of the network's, and whose time that is; null: nobody
   * told a time, and this computer's own is all there is.
   */
  readonly clockReference?: { readonly offsetMs: number; readonly source: string } | null;
  /** When this diagnosis is made: the time of the answers. */
  readonly atUtc: string;
}
