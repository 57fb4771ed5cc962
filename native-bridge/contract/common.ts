/** Shapes that every area of the contract uses. */
import { z } from 'zod';

// zod's code generation breaks the window's content security policy.
z.config({ jitless: true });

/** Languages the product speaks. */
export const localeSchema = z.enum(['zh-CN', 'en']);
export type Locale = z.infer<typeof localeSchema>;

/** A time in UTC, ISO 8601 with milliseconds and `Z`. */
export const utcSchema = z.iso.datetime();

/** A value that fills a place in a message. Lists are joined by the wording. */
export const factSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
export const factsSchema = z.record(z.string(), factSchema);
export type Facts = z.infer<typeof factsSchema>;

/** A sentence by its wording key and the facts that fill it; rendered in either language. */
export const sentenceSchema = z.object({ key: z.string(), facts: factsSchema });
export type Sentence = z.infer<typeof sentenceSchema>;

/** Records' key of a terminal (UUIDv7); the same at every visit. */
export const terminalIdSchema = z.string().min(1).max(64);
export const caseIdSchema = z.string().min(1).max(64);

/** An opaque id of a file that the host registered; the window can name no path. */
export const fileIdSchema = z.string().min(1).max(64);

/** A file already registered by the host, as the window sees it. */
export const fileInfoSchema = z.object({
  fileId: fileIdSchema,
  name: z.string(),
  sizeBytes: z.number().int(),
});
