/** Firmware: what an image is, what a flash will do, how far it is, how it ended. */
import { z } from 'zod';
import {
  caseIdSchema,
  fileIdSchema,
  sentenceSchema,
  terminalIdSchema,
  utcSchema,
} from './common.ts';
import { faultSchema } from './fault.ts';

export const mcubootAlgorithms = [
  'rsa-2048-pss',
  'rsa-3072-pss',
  'ecdsa-p256',
  'ecdsa-p384',
  'ed25519',
] as const;
/** Keys that recovery verifies whole files with, and the digest that goes with each. */
const otaAlgorithms = [
  'rsa-2048-sha1',
  'rsa-2048-sha256',
  'rsa-3072-sha1',
  'rsa-3072-sha256',
  'rsa-4096-sha1',
  'rsa-4096-sha256',
  'p256-sha1',
  'p256-sha256',
] as const;
/** Of Android Verified Boot, which those of recoveries overlap. */
const avbAlgorithms = [
  'rsa-8192-sha256',
  'rsa-2048-sha512',
  'rsa-4096-sha512',
  'rsa-8192-sha512',
] as const;

/** What an update package for Android says of itself. */
const otaFactsSchema = z.object({
  /** What recovery runs: a payload for A/B slots, or an updater's script; null: nothing. */
  content: z.enum(['payload', 'script']).nullable(),
  /** Models that it may go onto (ro.product.device); none: it does not say. */
  devices: z.array(z.string()),
  /** How many terminals it is for by their serial numbers; 0: not bound to any. */
  serialNumbers: z.number().int(),
  /** Build fingerprints that the terminal will have; one for each model. */
  fingerprints: z.array(z.string()),
  /** Of an incremental update, the build that it needs; null: a full one. */
  from: z.string().nullable(),
  builtUtc: utcSchema.nullable(),
  /** `2026-03-05`. */
  securityPatch: z.string().nullable(),
  wipes: z.boolean(),
  downgrade: z.boolean(),
});
export type OtaFacts = z.infer<typeof otaFactsSchema>;

/** What a factory package (the zip that `fastboot update` takes) says of itself. */
const factoryFactsSchema = z.object({
  /** The boot loader's names for the models that it is for. */
  products: z.array(z.string()),
  /** What else it asks of the boot loader: `version-bootloader=2.4`, `version-baseband≠1.0`. */
  requirements: z.array(z.string()),
  /** What is written, in order; `other`: to the slot that is not to run. */
  writes: z.array(
    z.object({
      partition: z.string(),
      slot: z.enum(['this', 'other']),
      /** null: erased. */
      image: z.string().nullable(),
      /** Only where everything on the terminal is to be erased. */
      ifWiping: z.boolean(),
    }),
  ),
  /** The image of each, with the SHA-256 of what is written (hex). */
  images: z.array(z.object({ entry: z.string(), sizeBytes: z.number().int(), sha256: z.string() })),
  /** Partitions inside of `super` are made anew, in the userspace fastboot. */
  remakesSuper: z.boolean(),
  /** `2026-03-05`. */
  securityPatch: z.string().nullable(),
});
export type FactoryFacts = z.infer<typeof factoryFactsSchema>;

export const imageInspectionSchema = z.object({
  format: z.enum(['mcuboot', 'android-ota', 'android-factory']),
  /** `refused`: a fault says why; `cannot-verify`: encrypted. */
  verdict: z.enum(['good', 'refused', 'cannot-verify']),
  faults: z.array(faultSchema),
  sizeBytes: z.number().int(),
  /** SHA-256 of the whole file, hex. */
  fileSha256: z.string(),
  version: z.string().nullable(),
  /**
   * What the terminal knows it by: the image's own hash (its hash TLV), hex; of an update for Android
   * the build fingerprint.
   */
  imageHash: z.string().nullable(),
  hashAlgorithm: z.enum(['sha256', 'sha384', 'sha512']).nullable(),
  signature: z.object({
    algorithm: z.enum([...mcubootAlgorithms, ...otaAlgorithms, ...avbAlgorithms]).nullable(),
    state: z.enum(['valid', 'wrong', 'unknown-key', 'unsigned', 'not-checked']),
    /** Name of the vendor key that verified it. */
    keyName: z.string().nullable(),
    /** SHA-256 of the public key as the image names it, of the certificate that a package carries; hex. */
    keyHash: z.string().nullable(),
  }),
  securityCounter: z.number().int().nullable(),
  dependencies: z.array(z.object({ image: z.number().int(), minVersion: z.string() })),
  headerSizeBytes: z.number().int().nullable(),
  payloadSizeBytes: z.number().int().nullable(),
  loadAddress: z.number().int().nullable(),
  flags: z.array(z.string()),
  /** Every TLV with type (hex) and length, protected ones marked. */
  tlvs: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      lengthBytes: z.number().int(),
      protected: z.boolean(),
    }),
  ),
  /** Only of an update for Android, as far as it can be read. */
  ota: otaFactsSchema.optional(),
  /** Only of a factory package, as far as it can be read. */
  factory: factoryFactsSchema.optional(),
});
export type ImageInspection = z.infer<typeof imageInspectionSchema>;

export const flashPhases = [
  'inspect',
  'pre-flight',
  'backup',
  /** A package's images onto the disk, each whole and looked at. */
  'unpack',
  /** Into the recovery or boot loader that takes the package; MCUboot takes an image as it runs. */
  'update-mode',
  'upload',
  'verify',
  'activate',
  'restart',
  'reidentify',
  'confirm',
  'restore',
] as const;
export const flashPhaseSchema = z.enum(flashPhases);
export type FlashPhase = z.infer<typeof flashPhaseSchema>;

/** Where what decides is not known of this terminal: between these, and no single time is true. */
const timeRangeSchema = z.object({ leastMs: z.number(), mostMs: z.number() });
export type TimeRange = z.infer<typeof timeRangeSchema>;

export const flashStepSchema = z.object({
  phase: flashPhaseSchema,
  predictedMs: z.number(),
  /** Absent where `predictedMs` can be relied on. */
  rangeMs: timeRangeSchema.optional(),
  cancellable: z.boolean(),
});

export const flashPlanSchema = z.object({
  terminalId: terminalIdSchema,
  fileId: fileIdSchema,
  image: imageInspectionSchema,
  fromVersion: z.string().nullable(),
  toVersion: z.string(),
  slotSizeBytes: z.number().int().nullable(),
  bootloaderMode: z.string().nullable(),
  /** False: where the boot loader has no trial there is no way back. */
  canRevert: z.boolean(),
  /** What the boot loader's mode means for the way back. */
  wayBack: sentenceSchema.optional(),
  steps: z.array(flashStepSchema),
  predictedMs: z.number(),
  /** Of the whole; as in the steps. */
  rangeMs: timeRangeSchema.optional(),
  /** Measured round trip of an echo on this line. */
  roundTripMs: z.number().nullable(),
  /** Test frames that did not come back, of those sent: 0..1; null: none were sent. */
  lostShare: z.number().min(0).max(1).nullable().optional(),
  /** What the line carries, as measured, framing included. */
  bytesPerSecond: z.number().nullable().optional(),
  /**
   * Whose times of erase and restart are predicted by: this terminal's last flash, the last one of
   * its model, what the profile says, or what is usual for such parts.
   */
  timesFrom: z.enum(['terminal', 'model', 'profile', 'usual']).optional(),
  blockers: z.array(z.object({ code: z.string(), text: sentenceSchema, allowable: z.boolean() })),
  /** `allowable`: nothing is stopped by it, but allowing it by name changes what the flash asks. */
  warnings: z.array(
    z.object({ code: z.string(), text: sentenceSchema, allowable: z.boolean().optional() }),
  ),
});
export type FlashPlan = z.infer<typeof flashPlanSchema>;

/** Every name that `flash` takes in `allow`: blockers and warnings that are marked allowable. */
export const flashAllowances = [
  'battery-unknown',
  'factory-product-unknown',
  'factory-unsigned',
  'factory-wipes',
  'identity-assumed',
  'image-older',
  'key-unaccepted',
  'link-loses',
  'no-fastboot-profile',
  'no-firmware-profile',
  'no-trailer-room',
  'no-way-back',
  'not-admitted',
  'ota-downgrade',
  'ota-type-wrong',
  'ota-wipes',
  'reversals',
  'security-counter',
  'tampered',
  'unconfirmed',
  'unsent',
  'unsettled',
  'wipe-data',
] as const;

export const flashProgressSchema = z.object({
  phase: flashPhaseSchema,
  /** 0..1 of the whole, by the plan's weights; never goes back. */
  fraction: z.number().min(0).max(1),
  sentBytes: z.number().int().nullable(),
  totalBytes: z.number().int().nullable(),
  bytesPerSecond: z.number().nullable(),
  remainingMs: z.number().nullable(),
  waitingFor: sentenceSchema.nullable(),
  /** Only the technician knows; `answerFlash` answers it. */
  question: sentenceSchema.nullable(),
  /** Since when it is waited for: for a reader that came later. */
  waitingSinceUtc: utcSchema.optional(),
  /** The plan that runs, from when it was made: a window loaded in between never saw it. */
  plan: z.object({ toVersion: z.string(), steps: z.array(flashStepSchema) }).optional(),
  cancellable: z.boolean(),
  /** True only while a pulled cable would cost work or more. */
  keepConnected: z.boolean(),
});
export type FlashProgress = z.infer<typeof flashProgressSchema>;

export const flashVerdictSchema = z.enum([
  'done',
  'done-late',
  'nothing-changed',
  'reverted',
  /** Proven and confirmed, but the terminal can't trade yet. */
  'not-trading',
  'needs-firmware',
  'unrecoverable',
  'unknown',
]);
export type FlashVerdict = z.infer<typeof flashVerdictSchema>;

export const flashResultSchema = z.object({
  caseId: caseIdSchema,
  terminalId: terminalIdSchema,
  verdict: flashVerdictSchema,
  fromVersion: z.string().nullable(),
  toVersion: z.string(),
  runningVersion: z.string().nullable(),
  runningHash: z.string().nullable(),
  confirmed: z.boolean().nullable(),
  fault: faultSchema.nullable(),
  failedPhase: flashPhaseSchema.nullable(),
  /** What is on the device now, in words. */
  state: sentenceSchema,
  next: sentenceSchema,
  /** Blockers that were allowed by name. */
  allowed: z.array(z.string()),
  /** Settings across the flash, by their names in the profile; null: they were not compared. */
  settings: z
    .object({
      compared: z.number().int(),
      /** Lost by the update and written back. */
      restored: z.array(z.string()),
      /** Secrets, which nobody can read: to be entered again where they no longer work. */
      reenter: z.array(z.string()),
      /** Could not be read before the flash: to be checked by hand. */
      unread: z.array(z.string()).optional(),
      /** Neither as before nor restored. */
      failed: z.array(z.string()),
      fault: faultSchema.nullable(),
    })
    .nullable()
    .default(null),
  /** It replaces the verdict of an earlier result of the same flash. */
  corrects: z.boolean().default(false),
  /** Of the image's file, for going on with it. */
  fileSha256: z.string().nullable().default(null),
  durationMs: z.number(),
  sentBytes: z.number().int(),
  /** What recovery said in its own words, masked; absent: none took part, or it said nothing. */
  recoveryText: z.array(z.string()).optional(),
  /** How long its steps took; of a whole upload into a slot that held an image also the erase. */
  timings: z
    .object({
      eraseMs: z.number().optional(),
      uploadMs: z.number().optional(),
      restartMs: z.number().optional(),
      reidentifyMs: z.number().optional(),
    })
    .optional(),
});
export type FlashResult = z.infer<typeof flashResultSchema>;
