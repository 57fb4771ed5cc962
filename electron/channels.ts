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

/** A whole console with the time before each line (renderer/state/line-store.ts), and any report. */
const maxTextCharacters = 96 * 1024 * 1024;

export const textToSaveSchema = z.object({
  suggestedName: z.string().min(1).max(200),
  text: z.string().max(maxTextCharacters),
  sign: z.boolean().default(false),
});

/** A whole page that needs nothing else. */
export const pdfToSaveSchema = z.object({
  suggestedName: z.string().min(1).max(200),
  html: z.string().max(maxTextCharacters),
  sign: z.boolean().default(false),
});

const maxSavedBytes = 128 * 1024 * 1024;
export const bytesToSaveSchema = z.object({
  suggestedName: z.string().min(1).max(200),
  bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= maxSavedBytes),
  sign: z.boolean().default(false),
});

const exercisesDoneSchema = z.array(z.string().max(64)).max(64);

/** Where the window stood: the place, and the view of the terminal that was looked at. */
const lastViewSchema = z.object({
  place: z.string().max(40),
  terminalId: z.string().max(64).nullable(),
  tab: z.string().max(40).nullable(),
});

/** What an earlier version did not keep is as it was before it could be chosen. */
export const preferencesSchema = z.object({
  locale: localeSchema.nullable(),
  theme: z.enum(['light', 'dark', 'system']),
  textSizePercent: z.literal([100, 125, 150]).default(100),
  /** Says when long work has ended and the window is not in front. */
  notifications: z.boolean().default(true),
  /** Asks for newer versions of the program. */
  updates: z.boolean().default(false),
  lastView: lastViewSchema.nullable().default(null),
  exercisesDone: exercisesDoneSchema.default([]),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const firstPreferences: Preferences = preferencesSchema.parse({
  locale: null,
  theme: 'system',
});

/** Without defaults: what is not given stays as it is. */
export const preferencesChangeSchema = z
  .object({
    locale: localeSchema,
    theme: z.enum(['light', 'dark', 'system']),
    textSizePercent: z.literal([100, 125, 150]),
    notifications: z.boolean(),
    updates: z.boolean(),
    lastView: lastViewSchema,
    exercisesDone: exercisesDoneSchema,
  })
  .partial();

/** What is typed or drawn in the window and kept nowhere yet. */
export const begunSchema = z.array(z.enum(['signature', 'evidence', 'settings'])).max(8);
export type Begun = z.infer<typeof begunSchema>[number];

/** What the window says when long work has ended; main shows it where the window is not in front. */
export const noticeSchema = z.object({
  title: z.string().min(1).max(200),
  text: z.string().max(400),
  /** Given back when it is clicked. */
  terminalId: z.string().max(64).nullable(),
  tab: z.string().max(40),
});
