/** The console: the device's own text, and an exchange with its shell. */
import { z } from 'zod';
import { utcSchema } from './common.ts';

export const consoleLineSchema = z.object({
  atUtc: utcSchema,
  from: z.enum(['device', 'shell', 'host']),
  /** Stripped of terminal escapes and bidi controls; masked. */
  text: z.string(),
});
export type ConsoleLine = z.infer<typeof consoleLineSchema>;
