/** Ports that are to be left alone. */
import { z } from 'zod';
import { utcSchema } from './common.ts';
import { portUrlSchema } from './port.ts';

export const ignoredPortSchema = z.object({
  /** By which it is known again, whatever name the system gives it next time. */
  key: z.string().min(1).max(300),
  name: z.string(),
  /** What it was called then. */
  path: z.string(),
  sinceUtc: utcSchema,
});
export type IgnoredPort = z.infer<typeof ignoredPortSchema>;

const result = z.object({ ports: z.array(ignoredPortSchema) });
const progress = z.never();

export const portRequests = {
  listIgnoredPorts: { params: z.object({}), progress, result },
  /** Throws `bad-request` where it is not there. */
  ignorePort: { params: z.object({ portUrl: portUrlSchema }), progress, result },
  /** By its key or path; one that is not ignored stays as it is. */
  heedPort: { params: z.object({ key: z.string().min(1).max(512) }), progress, result },
};
