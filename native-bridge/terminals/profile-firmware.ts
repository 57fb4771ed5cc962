/** What a profile says of a model's firmware: who signs it, how it is flashed, and how long that takes. */
import type { UsbDevice } from './usb-device.ts';

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
  /** How factory packages go onto it; null: nobody says that they do. */
  readonly fastboot: FastbootFlashing | null;
}

/** Factory packages through the boot loader's fastboot. */
export interface FastbootFlashing {
  /** What its boot loader says as `product`; empty: not checked beside what the package asks. */
  readonly products: readonly string[];
  /** PEM public keys that vbmeta is signed with; none: nobody is known to vouch for a build. */
  readonly keys: readonly { readonly name: string; readonly pem: string }[];
  /**
   * Of A/B terminals: write over what runs, as `fastboot flashall` does by itself, or to the other
   * slot (`--slot=other`), so that the old system stays until the new one is to run.
   */
  readonly slot: 'current' | 'other';
  /** Longest until its boot loader answers. */
  readonly bootLoaderTimeoutMs: number;
  /** Longest that the writing of one download may take. */
  readonly writeTimeoutMs: number;
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
