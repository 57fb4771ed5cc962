/** The console: the device's own text, and an exchange with its shell. */
import { z } from 'zod';
import { terminalIdSchema, utcSchema } from './common.ts';

export const consoleLineSchema = z.object({
  atUtc: utcSchema,
  from: z.enum(['device', 'shell', 'host']),
  /** Stripped of terminal escapes and bidi controls; masked. */
  text: z.string(),
  /** Characters that the line had beyond these; absent: none. */
  cutCharacters: z.number().int().positive().optional(),
});
export type ConsoleLine = z.infer<typeof consoleLineSchema>;

export const consoleRequests = {
  watchConsole: {
    params: z.object({ terminalId: terminalIdSchema }),
    progress: z.object({ lines: z.array(consoleLineSchema) }),
    result: z.object({}),
  },
  runShell: {
    params: z.object({
      terminalId: terminalIdSchema,
      argv: z.array(z.string().max(256)).min(1).max(32),
    }),
    /** At once: the command as it may be shown, secrets masked. */
    progress: z.object({ asked: z.string() }),
    result: z.object({ output: z.string(), exitCode: z.number().int() }),
  },
};
