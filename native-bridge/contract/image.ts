/** Firmware images and packages: what one says of itself, and whether it may be trusted. */
import { z } from 'zod';
import { utcSchema } from './common.ts';
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
  images: z.array(
    z.object({
      entry: z.string(),
      sizeBytes: z.number().int(),
      sha256: z.string(),
      /** vbmeta describes it, or whom vbmeta names; false: nobody does, whoever signed vbmeta. */
      vouched: z.boolean().optional(),
    }),
  ),
  /** Partitions inside of `super` are made anew, in the userspace fastboot. */
  remakesSuper: z.boolean(),
  /** `2026-03-05`. */
  securityPatch: z.string().nullable(),
  /** What vbmeta tells the terminal to leave unchecked at every start: all images, dm-verity's trees. */
  unchecked: z.enum(['all', 'trees']).nullable().optional(),
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
