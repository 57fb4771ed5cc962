/** Settings and corrections: a change with before, after, verify and undo. */
import { z } from 'zod';
import { caseIdSchema, terminalIdSchema, utcSchema } from './common.ts';
import { faultSchema } from './fault.ts';

export const settingTypeSchema = z.enum(['text', 'integer', 'boolean', 'choice']);

export const settingRowSchema = z.object({
  /** The profile's name of the setting. */
  key: z.string(),
  labels: z.object({ 'zh-CN': z.string(), en: z.string() }),
  type: settingTypeSchema,
  /** What its text is made of, where that is more than one thing; `wifi-network`: as its QR code says it. */
  form: z.enum(['wifi-network']).optional(),
  /** null: unreadable, absent, or secret (then `secret` says so). */
  current: z.string().nullable(),
  /** The value's bytes in hex where they are no UTF-8; `current` then shows them as `0x…`. */
  bytes: z.string().optional(),
  expected: z.string().nullable(),
  secret: z.boolean(),
  restartNeeded: z.boolean(),
  /** From what is expected. */
  differs: z.boolean(),
  failure: faultSchema.nullable(),
  /** Why this program can't set it on this terminal, and where it is set by hand; null: it can. */
  byHand: faultSchema.nullable().optional(),
  /** As the terminal's newest backup has it; null: there is none, or this is not in it. */
  backup: z
    .object({
      /** null: it was not set. */
      value: z.string().nullable(),
      /** In hex where the value's text does not say them. */
      bytes: z.string().optional(),
      atUtc: utcSchema,
      /** From what the terminal has now. */
      differs: z.boolean(),
    })
    .nullable(),
});
export type SettingRow = z.infer<typeof settingRowSchema>;

export const settingsTableSchema = z.object({
  terminalId: terminalIdSchema,
  rows: z.array(settingRowSchema),
});
export type SettingsTable = z.infer<typeof settingsTableSchema>;

export const settingChangeSchema = z.object({ key: z.string(), value: z.string().max(4096) });
export type SettingChange = z.infer<typeof settingChangeSchema>;

const hexOrNone = z
  .string()
  .regex(/^(?:[0-9a-f]{2})*$/)
  .nullable();

/** What a change's texts do not say exactly: bytes that are no UTF-8, or no visible text. */
export const exactBytesSchema = z.object({
  before: hexOrNone,
  after: hexOrNone,
  readBack: hexOrNone,
});
export type ExactBytes = z.infer<typeof exactBytesSchema>;

/** null: the terminal has none of this name. */
export const secretNamesSchema = z.object({
  before: z.string().nullable(),
  after: z.string().nullable(),
  readBack: z.string().nullable(),
});

export const correctionSchema = z.object({
  id: z.string(),
  caseId: caseIdSchema,
  terminalId: terminalIdSchema,
  atUtc: utcSchema,
  /** `reverted`: a key did not take, so those before it were put back. */
  outcome: z.enum(['applied', 'reverted', 'partly-applied', 'undone']),
  changes: z.array(
    z.object({
      key: z.string(),
      /** null: was not set, or secret. */
      before: z.string().nullable(),
      after: z.string().nullable(),
      readBack: z.string().nullable(),
      secret: z.boolean(),
      verified: z.boolean(),
      /** The values byte by byte, where one of them is not what its text says. Never of a secret. */
      bytes: exactBytesSchema.optional(),
      /** Of a secret: its name, where it has one that is none (a Wi-Fi network's). */
      names: secretNamesSchema.optional(),
      /** Why it could not be written, in the terminal's own words where it had some. */
      failure: faultSchema.optional(),
    }),
  ),
  /** Everything was written and verified, but could not be made to last: why. */
  notKept: faultSchema.optional(),
  restartNeeded: z.boolean(),
  /** When the work began that was cut off and that this settles, at a later connection. */
  interruptedUtc: utcSchema.optional(),
  /** The correction that this one undoes. */
  undoes: z.string().optional(),
  /** The backup that was restored. */
  backupId: z.string().optional(),
});
export type Correction = z.infer<typeof correctionSchema>;

export const correctionRequests = {
  readSettings: {
    params: z.object({ terminalId: terminalIdSchema }),
    progress: z.never(),
    result: settingsTableSchema,
  },
  applySettings: {
    params: z.object({
      terminalId: terminalIdSchema,
      caseId: caseIdSchema.nullable().default(null),
      changes: z.array(settingChangeSchema).min(1).max(256),
    }),
    progress: z.object({ key: z.string(), done: z.number().int(), of: z.number().int() }),
    result: correctionSchema,
  },
  /**
   * Undoes a correction; where no id is given what was cut off and waits, else the newest not yet
   * undone one. Faults before anything is written: `nothing-to-undo` (also for an undo's own id),
   * `already-undone`, `setting-changed-since`.
   */
  undoCorrection: {
    params: z.object({
      terminalId: terminalIdSchema,
      correctionId: z.string().nullable().default(null),
      /** Also where a setting has been given another value since. */
      overwrite: z.boolean().default(false),
    }),
    progress: z.never(),
    result: correctionSchema,
  },
};
