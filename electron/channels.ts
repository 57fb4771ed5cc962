/** What window and host say to each other, apart from the bridge's port: names and shapes. */
import { z } from 'zod';
import { localeSchema } from '../native-bridge/contract/common.ts';

export const fileKindSchema = z.enum(['firmware', 'key', 'merchant', 'profile', 'backup']);
export type FileKind = z.infer<typeof fileKindSchema>;

export const textToSaveSchema = z.object({
  suggestedName: z.string().min(1).max(200),
  text: z.string().max(64 * 1024 * 1024),
});

export const preferencesSchema = z.object({
  locale: localeSchema.nullable(),
  theme: z.enum(['light', 'dark', 'system']),
});
export type Preferences = z.infer<typeof preferencesSchema>;
export const preferencesChangeSchema = preferencesSchema.partial();
