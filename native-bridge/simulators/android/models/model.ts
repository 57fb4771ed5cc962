/**
 * What makes one model of the simulated terminal differ from another, as data: Android's version, the
 * vendor's names, where the vendor keeps a merchant's settings, how it is flashed.
 */

export const modelNames = ['at-700', 'at-900'] as const;
export type ModelName = (typeof modelNames)[number];

/** One build of the system, as an OTA package or a factory image brings it. */
export interface Firmware {
  readonly release: string;
  readonly sdk: number;
  readonly buildId: string;
  readonly incremental: string;
  /** YYYY-MM-DD */
  readonly securityPatch: string;
  readonly builtUtcS: number;
  /** The vendor's own number, which its people name. */
  readonly vendorVersion: string;
  /** As the package that brought it says; else made of the above. */
  readonly fingerprint?: string;
}

export interface Partition {
  readonly name: string;
  readonly bytes: number;
  readonly type: string;
  /** Twice there, once for each slot. */
  readonly slotted: boolean;
  /** Only the userspace fastboot writes it. */
  readonly logical?: boolean;
}

export interface App {
  readonly name: string;
  readonly label: string;
  readonly versionCode: number;
  readonly versionName: string;
  readonly system: boolean;
}

export interface AdbAbilities {
  readonly version: number;
  readonly maxPayloadBytes: number;
  readonly features: readonly string[];
}

/**
 * Where merchant settings are: rows of Android's `secure` table, or a content provider of the
 * vendor's.
 */
export type MerchantStore =
  | { readonly kind: 'settings'; readonly prefix: string }
  | { readonly kind: 'provider'; readonly uri: string; readonly statusUri: string };

export interface Model {
  readonly name: ModelName;
  readonly serialNumber: string;
  readonly manufacturer: string;
  readonly brand: string;
  readonly model: string;
  readonly device: string;
  readonly board: string;
  readonly kernel: string;
  readonly firmware: Firmware;
  readonly olderFirmware: Firmware;
  readonly adb: AdbAbilities;
  readonly merchantStore: MerchantStore;
  /** Prefix of the vendor's own system properties, packages and services. */
  readonly vendorPrefix: string;
  readonly vendorPackage: string;
  readonly apps: {
    readonly payment: App;
    readonly scanner: App;
    readonly tunnel: App | null;
    readonly otherPayment: App;
  };
  readonly paysThroughVpn: boolean;
  /** Null: one set of partitions, and a recovery of its own. */
  readonly slots: readonly ['a', 'b'] | null;
  readonly partitions: readonly Partition[];
  readonly maxDownloadBytes: number;
  /** The boot loader's own fastboot, and Android's in userspace beside it. */
  readonly userspaceFastboot: boolean;
  readonly dataBytes: number;
  readonly ramKib: number;
  readonly defaults: Readonly<Record<MerchantKey, string>>;
}

export const merchantKeys = [
  'merchant_name',
  'merchant_number',
  'terminal_number',
  'channel',
  'methods',
  'settle_tail',
  'currency',
  'qr_mode',
  'qr_presented',
  'qr_validity_s',
  'payee',
  'payment_host',
  'volume',
  'scan_inverse',
] as const;
export type MerchantKey = (typeof merchantKeys)[number];

/** `Brand/product/device:7.1.2/ID/INCREMENTAL:user/release-keys` */
export function fingerprintOf({ brand, device }: Model, firmware: Firmware): string {
  const { release, buildId, incremental } = firmware;
  if (firmware.fingerprint !== undefined) return firmware.fingerprint;
  return `${brand}/${device}/${device}:${release}/${buildId}/${incremental}:user/release-keys`;
}
