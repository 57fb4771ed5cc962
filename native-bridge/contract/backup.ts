/** Backups: the settings of a terminal as they were, for comparing and for putting back. */
import { z } from 'zod';
import { caseIdSchema, fileIdSchema, terminalIdSchema, utcSchema } from './common.ts';
import { correctionSchema } from './correction.ts';
import { faultCodeSchema } from './fault.ts';

export const backupReasons = ['asked', 'before-flash'] as const;

export const backupSchema = z.object({
  /** Of the file's form: a later one is refused. */
  format: z.literal(1),
  id: z.string().min(1).max(64),
  terminalId: terminalIdSchema,
  caseId: caseIdSchema.nullable(),
  atUtc: utcSchema,
  reason: z.enum(backupReasons),
  /** Of whom it is: another model's is not put back. */
  profile: z.string().max(128),
  model: z.string().max(128),
  serialNumber: z.string().max(128).nullable(),
  firmwareVersion: z.string().max(64).nullable(),
  values: z
    .array(
      z.object({
        /** The profile's name of the setting. */
        key: z.string().max(128),
        /** The value's bytes in hex; null: the terminal had none. */
        bytes: z
          .string()
          .max(8192)
          .regex(/^(?:[0-9a-f]{2})*$/)
          .nullable(),
      }),
    )
    .max(1024),
  /** Secrets, which can't be read: to be entered again. */
  reenter: z.array(z.string().max(128)).max(1024),
  /** What the terminal did not tell, and why. */
  unread: z.array(z.object({ key: z.string().max(128), code: faultCodeSchema })).max(1024),
});
export type Backup = z.infer<typeof backupSchema>;

/** A backup as it stands in a list. */
export const backupSummarySchema = backupSchema
  .pick({ id: true, terminalId: true, atUtc: true, reason: true, firmwareVersion: true })
  .extend({ settings: z.number().int(), unread: z.number().int() });
export type BackupSummary = z.infer<typeof backupSummarySchema>;

export const restoreResultSchema = z.object({
  terminalId: terminalIdSchema,
  /** null: nothing was to be written, so no case was needed. */
  caseId: caseIdSchema.nullable(),
  backupId: z.string(),
  backupUtc: utcSchema,
  /** How many settings were compared. */
  compared: z.number().int(),
  /** Those that were not as in the backup: what the terminal had, and what the backup has. */
  changes: z.array(
    z.object({ key: z.string(), current: z.string().nullable(), backup: z.string().nullable() }),
  ),
  /** What was written; null: nothing was, or nothing took. It is undone like any other. */
  correction: correctionSchema.nullable(),
  restored: z.array(z.string()),
  /** The terminal refused them; they are as they were. */
  failed: z.array(z.string()),
  /** What the terminal does not tell now: left alone. */
  unread: z.array(z.string()),
  /** Not in this model's profile (any more): left alone. */
  unknown: z.array(z.string()),
  /** Secrets, which no backup holds: to be entered again where they no longer work. */
  reenter: z.array(z.string()),
});
export type RestoreResult = z.infer<typeof restoreResultSchema>;

const none = z.never();

export const backupRequests = {
  /** null: the model has no settings. */
  backupSettings: {
    params: z.object({
      terminalId: terminalIdSchema,
      caseId: caseIdSchema.nullable().default(null),
    }),
    progress: none,
    result: z.object({ backup: backupSummarySchema.nullable() }),
  },
  /** Newest first, at most 100. */
  listBackups: {
    params: z.object({ terminalId: terminalIdSchema }),
    progress: none,
    result: z.object({ backups: z.array(backupSummarySchema) }),
  },
  /** The backup as a file's text (JSON); the host writes it where the technician chose. */
  exportBackup: {
    params: z.object({ backupId: z.string().max(64) }),
    progress: none,
    result: z.object({ text: z.string(), suggestedName: z.string(), backup: backupSummarySchema }),
  },
  /**
   * Writes back what differs from a backup: a file, one by its id, or else the terminal's newest.
   * Faults before anything is written: `backup-missing`, `backup-damaged`, `backup-newer`,
   * `backup-other-model`, `backup-other-terminal`, `setting-unknown`.
   */
  restoreSettings: {
    params: z.object({
      terminalId: terminalIdSchema,
      caseId: caseIdSchema.nullable().default(null),
      backupId: z.string().max(64).nullable().default(null),
      fileId: fileIdSchema.nullable().default(null),
      /** Only these; null: all that differ. */
      keys: z.array(z.string().max(128)).min(1).max(1024).nullable().default(null),
      /** Also where the backup is of another terminal: a new one gets the old one's settings. */
      allowOtherTerminal: z.boolean().default(false),
      /** Compares, and writes nothing. */
      compareOnly: z.boolean().default(false),
    }),
    progress: z.object({ key: z.string(), done: z.number().int(), of: z.number().int() }),
    result: restoreResultSchema,
  },
  /** Every correction, undo and restore of this terminal, newest first, at most 200. */
  listCorrections: {
    params: z.object({ terminalId: terminalIdSchema }),
    progress: none,
    result: z.object({
      corrections: z.array(correctionSchema.extend({ undoneUtc: utcSchema.nullable() })),
    }),
  },
} as const;
