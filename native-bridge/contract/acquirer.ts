/** Training: a simulated acquirer, and what can be wrong with it. */
import { z } from 'zod';

const none = z.never();

export const acquirerRequests = {
  /** Starts a simulated acquirer in a process of its own; it ends with the bridge. */
  startAcquirer: {
    params: z.object({
      /** `down`, or `host:down` in one of its services alone. */
      faults: z.array(z.string()).default([]),
    }),
    progress: none,
    result: z.object({
      trainingId: z.string(),
      statusUrl: z.string(),
      hostUrl: z.string(),
      /** Answers a known thing over plain HTTP. */
      knownUrl: z.string(),
      /** The training CA's certificate, PEM, as text and in a file that goes with the bridge. */
      caPem: z.string(),
      caFile: z.string(),
      merchantNumbers: z.array(z.string()),
    }),
  },
  setAcquirerFault: {
    params: z.object({ trainingId: z.string(), fault: z.string(), on: z.boolean() }),
    progress: none,
    result: z.object({ faults: z.array(z.string()) }),
  },
  listAcquirerFaults: {
    params: z.object({}),
    progress: none,
    result: z.object({
      faults: z.array(
        z.object({
          name: z.string(),
          /** Of a host and the way to it, or of the merchant's account. */
          kind: z.enum(['service', 'account']),
          services: z.array(z.enum(['status', 'host', 'known'])),
          description: z.string(),
        }),
      ),
    }),
  },
} as const;
