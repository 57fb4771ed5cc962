/** Work that runs, or that an earlier run of the bridge left unfinished. */
import { z } from 'zod';
import { caseIdSchema, sentenceSchema, terminalIdSchema, utcSchema } from './common.ts';
import { correctionSchema } from './correction.ts';

const none = z.never();

export const jobSchema = z.object({
  jobId: z.string(),
  request: z.string(),
  terminalId: terminalIdSchema.nullable(),
  startedUtc: utcSchema,
});
export type Job = z.infer<typeof jobSchema>;

export const jobRequests = {
  listJobs: {
    params: z.object({}),
    progress: none,
    result: z.object({ jobs: z.array(jobSchema) }),
  },
  /** Follows a job that another window (or this one before a reload) started: same progress, same result. */
  attachJob: {
    params: z.object({ jobId: z.string() }),
    progress: z.unknown(),
    result: z.unknown(),
  },
  /** What an earlier run of the bridge left unfinished. */
  listInterrupted: {
    params: z.object({}),
    progress: none,
    result: z.object({
      interrupted: z.array(
        z.object({
          caseId: caseIdSchema.nullable(),
          terminalId: terminalIdSchema.nullable(),
          request: z.string(),
          startedUtc: utcSchema,
          phase: z.string().nullable(),
          /** For `leaveInterrupted`. */
          id: z.string().optional(),
          /** What to do about it, or that it needs nothing but a connection. */
          next: sentenceSchema.optional(),
        }),
      ),
    }),
  },
  /**
   * Takes a correction that was cut off for settled, without touching the terminal: its case says
   * what is not known, and it can be undone like any other. Throws `bad-request` for other entries.
   */
  leaveInterrupted: {
    params: z.object({ interruptedId: z.string() }),
    progress: none,
    result: correctionSchema,
  },
};
