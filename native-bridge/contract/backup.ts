/** Backups: the settings of a terminal as they were, for comparing and for putting back. */
import { z } from 'zod';
import { caseIdSchema, terminalIdSchema, utcSchema } from './common.ts';
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
