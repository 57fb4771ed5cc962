/** The history as a whole: what a deletion takes, and how long cases are kept. */
import { z } from 'zod';
import { utcSchema } from './common.ts';

/** What goes, or would go. */
export const erasureSchema = z.object({
  cases: z.number().int(),
  events: z.number().int(),
  corrections: z.number().int(),
  backups: z.number().int(),
  journalEntries: z.number().int(),
  /** Terminals of which nothing is left. */
  terminals: z.number().int(),
  /** Copies of images that no other case names. */
  images: z.number().int(),
  /** Photos of the cases that go. */
  photos: z.number().int(),
  /** Files of recordings that no other case names. */
  recordings: z.array(z.string()),
  /** Work that was cut off and could have been settled at the terminal's next connection. */
  unsettled: z.number().int(),
  /** Cases of others that stay and in which the merchant's name stands. */
  mentionsKept: z.number().int(),
  /** `waiting`: the rows are gone; files and bytes on the disk go at the next start. */
  rest: z.enum(['none', 'done', 'waiting']),
});
export type Erasure = z.infer<typeof erasureSchema>;

export const preferencesSchema = z.object({
  /** Cases older than this are deleted when the program starts; null: kept for ever. */
  keepDays: z.number().int().min(1).max(36_500).nullable(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const historyRequests = {
  /**
   * Deletes cases and all that belongs to them alone, of a merchant, a terminal or a time; every
   * condition given must hold, and one must be given. Throws `terminal-owned` while a program has
   * one of their terminals connected.
   */
  deleteHistory: {
    params: z.object({
      merchant: z.string().min(1).nullable().default(null),
      serialNumber: z.string().min(1).nullable().default(null),
      /** Cases in which nothing has happened since. */
      beforeUtc: utcSchema.nullable().default(null),
      /** Only says what would go. */
      dryRun: z.boolean().default(true),
    }),
    progress: z.never(),
    result: erasureSchema,
  },
  getPreferences: { params: z.object({}), progress: z.never(), result: preferencesSchema },
  /** Those that are not given stay as they are. */
  setPreferences: {
    params: preferencesSchema.partial(),
    progress: z.never(),
    result: preferencesSchema,
  },
};
