/** What window and host say to each other, apart from the bridge's port: names and shapes. */
import { z } from 'zod';
import { localeSchema } from '../native-bridge/contract/common.ts';

export const fileKindSchema = z.enum([
  'firmware',
  'key',
  'merchant',
  'profile',
  'backup',
  'photo',
  'picture',
  'app',
  'logo',
  'public-key',
  'signed',
]);
export type FileKind = z.infer<typeof fileKindSchema>;

/** Where a file that was dropped on the window is: the preload script asks the system. */
export const droppedPathSchema = z.string().min(1).max(32_768);

export const textToSaveSchema = z.object({
  suggestedName: z.string().min(1).max(200),
  text: z.string().max(64 * 1024 * 1024),
  sign: z.boolean().default(false),
});

/** A whole page that needs nothing else. */
export const pdfToSaveSchema = z.object({
  suggestedName: z.string().min(1).max(200),
  html: z.string().max(64 * 1024 * 1024),
  sign: z.boolean().default(false),
});

const maxSavedBytes = 128 * 1024 * 1024;
export const bytesToSaveSchema = z.object({
  suggestedName: z.string().min(1).max(200),
  bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= maxSavedBytes),
  sign: z.boolean().default(false),
});

const exercisesDoneSchema = z.array(z.string().max(64)).max(64);
export const preferencesSchema = z.object({
  locale: localeSchema.nullable(),
  theme: z.enum(['light', 'dark', 'system']),
  /** Absent in what an older version stored. */
  exercisesDone: exercisesDoneSchema.default([]),
});
export type Preferences = z.infer<typeof preferencesSchema>;
/** Without the defaults: what a change does not name stays as it is. */
export const preferencesChangeSchema = preferencesSchema
  .extend({ exercisesDone: exercisesDoneSchema })
  .partial();
