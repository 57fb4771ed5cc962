/**
 * The shape of a profile after checking: what a model is, where each reading comes from, what each
 * setting should be, how it is flashed. Profiles are YAML files and untrusted; `check-profile.ts`
 * checks and converts them, everything behind this type may be relied on.
 */
import type { ReadingName } from '../contract/reading.ts';
import type { LinearPattern } from './linear-pattern.ts';
import type { FirmwareFamily } from './profile-firmware.ts';
import type { Fact, ReadingSource, SettingSource } from './profile-source.ts';
import type { RecordPattern } from './record-pattern.ts';
import type { UsbDevice } from './usb-device.ts';

export type Labels = Readonly<Record<'zh-CN' | 'en', string>>;

/**
 * Some payment models never trade again once their debug mode (ADB) was opened: only where it is
 * known to be reversible, and that is proven, may anyone be guided into it.
 */
export interface DebugMode {
  readonly reversible: boolean;
  readonly fact: Fact;
}

/** Takes one line: what was read, and the milliseconds that it took. */
export type ReadPattern = RecordPattern<'text' | 'ms'>;

/** Where the terminal reports what its scanner has read. */
export type ScannerReads =
  /** A command that lists the last reads, the oldest first; asked again and again. */
  | {
      readonly from: 'smp-shell';
      readonly argv: readonly string[];
      readonly pattern: ReadPattern;
    }
  /** Lines that the terminal writes by itself. */
  | { readonly from: 'console'; readonly pattern: ReadPattern }
  /** What one tag writes to Android's log; the pattern is applied to the message alone. */
  | { readonly from: 'android-log'; readonly tag: string; readonly pattern: ReadPattern };

export interface Setting {
  /**
   * The profile's name of it. One named like a reading is that reading's setting (`qr.mode`,
   * `payment.merchantName`), and is read as it where the profile gives no other source.
   */
  readonly key: string;
  /** Where it is written; `key` is the terminal's own name of it. */
  readonly source: SettingSource;
  readonly labels: Labels;
  readonly type: 'text' | 'integer' | 'boolean' | 'choice';
  /** Empty: anything else the setting's rules let through. */
  readonly allowed: readonly string[];
  /** Of an integer. null: any that fits in 32 bits. */
  readonly range: { readonly min: number; readonly max: number } | null;
  /** The whole value has this form. */
  readonly pattern: LinearPattern | null;
  /** Of the value in UTF-8. */
  readonly maxBytes: number;
  /** From the profile or, over it, from the merchant file. null: any. */
  readonly expected: string | null;
  readonly restartNeeded: boolean;
  readonly secret: boolean;
  readonly fact: Fact | null;
}

export interface Thresholds {
  readonly batteryWarnPercent: number;
  readonly batteryFailPercent: number;
  /** A flash needs at least this much, or charging. */
  readonly batteryFlashPercent: number;
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
  /** Either way; certificates and the acquirer's own rules suffer from more. */
  readonly clockWarnSeconds: number;
  readonly clockFailSeconds: number;
  readonly scannerSlowMs: number;
  readonly volumeLowPercent: number;
  /** Of the security patch's date. */
  readonly patchWarnDays: number;
}

/** Days to the next routine visit (巡检). */
export interface RoutineDays {
  readonly everyDays: number;
  /** Where something stands, or a trend leads out of its band before then. */
  readonly soonerDays: number;
}

export interface Profile {
  readonly name: string;
  readonly vendor: string;
  readonly model: string;
  readonly labels: Labels;
  /** Not shipped with the program: its keys count only after acceptance. */
  readonly shipped: boolean;
  readonly recognition: {
    readonly usb: readonly UsbDevice[];
    /** Matched against the SMP OS/application info ("a" format). null: never recognised by it. */
    readonly smpInfo: LinearPattern | null;
    /** Android's properties by name, each matching; empty: never recognised by them. */
    readonly android: ReadonlyMap<string, LinearPattern>;
    /** Higher wins where two profiles match. */
    readonly priority: number;
    readonly fact: Fact | null;
  };
  readonly line: {
    readonly baud: number;
    readonly dtr: boolean;
    readonly rts: boolean;
  };
  readonly readings: ReadonlyMap<ReadingName, ReadingSource>;
  readonly settings: readonly Setting[];
  readonly thresholds: Thresholds;
  readonly routine: RoutineDays;
  /** What the terminal has; a check over something it has not is "not applicable". */
  readonly has: {
    readonly wifi: boolean;
    readonly cellular: boolean;
    readonly ethernet: boolean;
    readonly battery: boolean;
    readonly qrDisplay: boolean;
    /** Scan engine or camera that reads the payer's code. */
    readonly scanner: boolean;
    readonly printer: boolean;
    /** It announces payments aloud. */
    readonly speaker: boolean;
  };
  /** null: nobody says where reads are reported, so the scanner can't be tested with codes. */
  readonly scanner: { readonly reads: ScannerReads; readonly fact: Fact | null } | null;
  /** What opening ADB on this model does; null: nobody says, so nobody is guided into it. */
  readonly debugMode: DebugMode | null;
  readonly expected: {
    readonly wifiSsids: readonly string[];
    readonly qrMode: 'static' | 'dynamic' | null;
    /** Host name, with `:port` where it is not 443. */
    readonly paymentHost: string | null;
    /** null: nobody says, so a VPN is neither missed nor minded. */
    readonly vpn: 'required' | 'forbidden' | 'allowed' | null;
    /** ISO 4217's three digits; null: the mainland's 156. */
    readonly currency: string | null;
    /** The oldest version of the payment app that the acquirer admits; null: any. */
    readonly paymentAppVersion: string | null;
    /** SHA-256 of the certificates that may have signed it, hex; none: any. */
    readonly paymentAppSigners: readonly string[];
  };
  /** Where the acquirer tells how a merchant stands; asked over HTTPS, once, without redirects. */
  readonly statusService: { readonly url: string } | null;
  readonly firmware: FirmwareFamily | null;
  readonly support: readonly {
    readonly who: string;
    readonly labels: Labels;
    readonly phone: string | null;
    readonly url: string | null;
  }[];
  /** Merchant of the merchant file, if one was given. */
  readonly merchant: string | null;
}

/** How terminals of this model are spoken to, by where the profile has its values from; none: not told. */
export function doorsOf({ readings, settings }: Profile): ReadonlySet<'ADB' | 'SMP'> {
  const sources = [
    ...[...readings.values()].map(({ source }) => source),
    ...settings.map(({ source }) => source),
  ];
  return new Set(sources.map(({ from }) => (from.startsWith('android-') ? 'ADB' : 'SMP')));
}
