/**
 * The shape of a profile after checking: what a model is, where each reading comes from, what each
 * setting should be, how it is flashed. Profiles are YAML files and untrusted; `load-profile.ts`
 * checks and converts them, everything behind this type may be relied on.
 */
import type { ReadingName, Unit } from '../contract/reading.ts';
import type { LinearPattern } from './linear-pattern.ts';
import type { RecordPattern } from './record-pattern.ts';

export type Labels = Readonly<Record<'zh-CN' | 'en', string>>;

/** Where a value comes from. Commands are argument lists, never a shell line. */
export type Source =
  | { readonly from: 'smp-info'; readonly format: string; readonly pattern: LinearPattern | null }
  | { readonly from: 'smp-image'; readonly field: 'version' | 'hash' | 'confirmed' | 'pending' }
  | { readonly from: 'smp-bootloader'; readonly field: 'bootloader' | 'mode' }
  | { readonly from: 'smp-statistics'; readonly group: string; readonly field: string }
  | {
      readonly from: 'smp-shell';
      readonly argv: readonly string[];
      readonly pattern: LinearPattern;
    }
  | { readonly from: 'smp-datetime' }
  | AndroidSource
  | SettingSource;

/** Asked of Android's shell, all of a batch in one script. */
export type AndroidSource =
  /** A field of a command whose output is understood (protocols/android). */
  | { readonly from: 'android-dump'; readonly dump: string; readonly field: string }
  /** A field of `dumpsys package`, of the first of these that is installed. */
  | {
      readonly from: 'android-package';
      readonly packages: readonly string[];
      readonly field: string;
    }
  /** The first of these system properties that is set. */
  | { readonly from: 'android-property'; readonly names: readonly string[] }
  | {
      readonly from: 'android-shell';
      readonly argv: readonly string[];
      readonly pattern: LinearPattern;
    }
  | { readonly from: 'android-file'; readonly path: string; readonly pattern: LinearPattern | null }
  /** A broadcast that a vendor's service answers with result data. */
  | {
      readonly from: 'android-broadcast';
      readonly action: string;
      readonly component: string | null;
      readonly pattern: LinearPattern | null;
    };

/**
 * Where a setting is; `key` is the terminal's own name of it, and tells it from every other.
 * Android: `global/auto_time` in the settings tables, `content://authority/path#column?name=key` in a
 * content provider (the row where `name` is `key`).
 */
export interface SettingSource {
  readonly from: 'smp-settings' | 'android-settings' | 'android-content';
  readonly key: string;
}

export interface ReadingSource {
  readonly source: Source;
  readonly type: 'text' | 'integer' | 'decimal' | 'boolean';
  readonly unit: Unit;
  /** Multiplies a number as read (`0.1` for tenths of a degree). */
  readonly scale: number;
  /** Adds to a number after scaling (statistics are unsigned: dBm are sent with an offset). */
  readonly offset: number;
  /** Raw texts that say there is none just now (no signal, not joined): the value is null, nothing failed. */
  readonly none: readonly string[];
  /** Raw text → value as the checks know it (`on` → true). Empty: as read. */
  readonly map: ReadonlyMap<string, string>;
  /** Read again and again over a declared time; null: once. */
  readonly sample: Sampling | null;
  /** What the model's source of this value is known from; null: nothing to be said of it. */
  readonly fact: Fact | null;
}

/** Of a model, from public sources. Unproven until a recording of a real unit showed it. */
export interface Fact {
  readonly source: string;
  readonly proven: boolean;
}

/**
 * Some payment models never trade again once their debug mode (ADB) was opened: only where it is
 * known to be reversible, and that is proven, may anyone be guided into it.
 */
export interface DebugMode {
  readonly reversible: boolean;
  readonly fact: Fact;
}

/** All sampled readings of a terminal share one window: the longest of theirs. */
export interface Sampling {
  readonly forMs: number;
  readonly everyMs: number;
  /**
   * What the samples become: the `worst` (largest; of dBm and dB the smallest), the `mean`, the
   * `spread` (mean of the differences from one to the next, RFC 3550 §6.4.1 without its gain), or
   * the `increase` of a counter from first to last.
   */
  readonly as: 'worst' | 'mean' | 'spread' | 'increase';
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

export interface FirmwareFamily {
  readonly family: 'mcuboot' | 'android-ota';
  /** Of MCUboot: PEM public keys with a name each. */
  readonly keys: readonly { readonly name: string; readonly pem: string }[];
  /** Of android-ota: the certificates (X.509, PEM) that its recovery takes packages of. */
  readonly certificates: readonly { readonly name: string; readonly pem: string }[];
  /** Recovery takes no unsigned package, whatever stands here. */
  readonly signatureRequired: boolean;
  readonly slotSizeBytes: number | null;
  /** Version the acquirer admits for this model (准入版本). */
  readonly admittedVersion: string | null;
  /** As MCUboot's modes are called: `swap`, `overwrite-only`, …; what the device says goes before it. */
  readonly bootloaderMode: string | null;
  /** Longest the terminal may be silent while it swaps images, or starts the new system. */
  readonly swapTimeoutMs: number;
  /** Longest until its recovery answers. */
  readonly recoveryTimeoutMs: number;
  /** Longest its recovery may ask for nothing while it installs. */
  readonly installTimeoutMs: number;
  /** Longest the first upload request may take (the slot is erased). */
  readonly eraseTimeoutMs: number;
  /** How long this model usually takes, for the plan. */
  readonly times: ModelTimes | null;
  /** What its boot loader shows on the USB bus, where that is another device. */
  readonly bootLoaderUsb: readonly UsbDevice[];
  /** What the model needs after an update before it trades again. */
  readonly afterFlash: readonly AfterFlash[];
  /** What `identity.model` reads on terminals that this firmware is for. Empty: not checked. */
  readonly models: readonly string[];
  /** Do keys and activation survive an update? null: nobody says. */
  readonly keepsKeys: boolean | null;
}

/** What can't be measured before a flash; each null where nobody measured it on this model. */
export interface ModelTimes {
  readonly eraseMsPerKib: number | null;
  readonly writeMsPerKib: number | null;
  /** What the boot loader moves, per KiB of the image. */
  readonly swapMsPerKib: number | null;
  /** From the reset until it answers, beside the swap. */
  readonly startMs: number | null;
}

export const afterFlashSteps = [
  'activation',
  'parameter-download',
  'sign-in',
  'test-payment',
] as const;
export type AfterFlash = (typeof afterFlashSteps)[number];

/** How a model's USB device is known. Bridge chips share their ids: then the descriptor decides. */
export interface UsbDevice {
  /** Four lower-case hex digits. */
  readonly vendorId: string;
  readonly productId: string | null;
  /** Found in the manufacturer string descriptor; null: any. */
  readonly manufacturer: LinearPattern | null;
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
