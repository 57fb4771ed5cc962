/** Training: simulated terminals, and what can be wrong with them. */
import { z } from 'zod';
import { portUrlSchema } from './port.ts';

const none = z.never();

export const trainingRequests = {
  /** Starts a simulated terminal in a process of its own; it ends with the bridge. */
  startTraining: {
    params: z.object({
      faults: z.array(z.string()).default([]),
      transport: z.enum(['tcp', 'pty']).default('tcp'),
      baud: z.number().int().default(115200),
      /** It runs 1.9.9, and 2.0.0 is admitted; false: it runs 2.0.0. */
      updateDue: z.boolean().default(true),
    }),
    progress: none,
    result: z.object({
      trainingId: z.string(),
      portUrl: portUrlSchema,
      /** The training merchant's expected values; used by itself when this bridge connects. */
      merchantFile: z.string(),
    }),
  },
  setTrainingFault: {
    params: z.object({ trainingId: z.string(), fault: z.string(), on: z.boolean() }),
    progress: none,
    result: z.object({ faults: z.array(z.string()) }),
  },
  /** Pulls or plugs the simulated terminal's cable: its port really goes and comes back. */
  setTrainingCable: {
    params: z.object({ trainingId: z.string(), plugged: z.boolean() }),
    progress: none,
    result: z.object({}),
  },
  listTrainingFaults: {
    params: z.object({}),
    progress: none,
    result: z.object({
      faults: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['terminal', 'line']),
          description: z.string(),
          /** How it goes away: a correction, new firmware, or only when somebody switches it off. */
          clearedBy: z.enum(['setting', 'firmware', 'control']),
        }),
      ),
    }),
  },
} as const;
