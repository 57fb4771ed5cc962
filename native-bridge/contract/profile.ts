/** Profiles: which ship with the program, and what is wrong with one of your own. */
import { z } from 'zod';
import { fileIdSchema, sentenceSchema } from './common.ts';

const none = z.never();

/**
 * What is known of opening ADB on a model. `reversible`: it is proven that it trades on once ADB is
 * closed again; `ends-trading`: it never trades again; `unproven`: somebody says so, no recording
 * proves it; `unknown`: nobody says.
 */
export const adbOpeningSchema = z.enum(['reversible', 'ends-trading', 'unproven', 'unknown']);
export type AdbOpening = z.infer<typeof adbOpeningSchema>;

export const profileSummarySchema = z.object({
  name: z.string(),
  model: z.string(),
  vendor: z.string(),
  labels: z.object({ 'zh-CN': z.string(), en: z.string() }),
  /** null: no Android terminal. */
  adbOpening: adbOpeningSchema.nullable(),
});
export const profileProblemSchema = z.object({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  /** The keys that lead there, joined by `/`. */
  path: z.string(),
  /** What should stand there: a noun phrase in English; `expectation` says it in either language. */
  expected: z.string(),
  expectation: sentenceSchema,
  /** What stands there, in no language; `—`: nothing. */
  found: z.string(),
});
export type ProfileProblem = z.infer<typeof profileProblemSchema>;

export const profileRequests = {
  listProfiles: {
    params: z.object({}),
    progress: none,
    result: z.object({ profiles: z.array(profileSummarySchema) }),
  },
  checkProfile: {
    params: z.object({
      fileId: fileIdSchema,
      /** `rules`: trade knowledge of one's own. */
      kind: z.enum(['profile', 'merchant', 'rules']).default('profile'),
    }),
    progress: none,
    result: z.object({
      good: z.boolean(),
      name: z.string().nullable(),
      problems: z.array(profileProblemSchema),
    }),
  },
};
