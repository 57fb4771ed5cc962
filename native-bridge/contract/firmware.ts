/** A flash: what it will do, how far it is, how it ended. */
import { z } from 'zod';
import {
  caseIdSchema,
  fileIdSchema,
  sentenceSchema,
  terminalIdSchema,
  utcSchema,
} from './common.ts';
import { faultSchema } from './fault.ts';
import { imageInspectionSchema } from './image.ts';

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
  'factory-unvouched',
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
