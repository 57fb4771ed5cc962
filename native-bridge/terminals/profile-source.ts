/**
 * Where a profile says that a value comes from, and how what is read becomes the value that the checks
 * know.
 */
import type { Unit } from '../contract/reading.ts';
import type { LinearPattern } from './linear-pattern.ts';

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

export const settingKinds = [
  'smp-settings',
  'android-settings',
  'android-content',
  'android-time-zone',
  'android-wifi',
] as const;

/**
 * Where a setting is; `key` is the terminal's own name of it, and tells it from every other.
 * Android: `global/auto_time` in the settings tables, `content://authority/path#column?name=key` in a
 * content provider (the row where `name` is `key`), `persist.sys.timezone` for the time zone, `enabled`
 * (`on`, `off`) of Wi-Fi and `network`, a secret: what its QR code says (`WIFI:T:WPA;S:…;P:…;;`).
 */
export interface SettingSource {
  readonly from: (typeof settingKinds)[number];
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

/** Of a model, from public sources. Unproven until a recording of a real unit showed it. */
export interface Fact {
  readonly source: string;
  readonly proven: boolean;
}
