/**
 * What this computer finds out by asking the network itself: a payment host step by step, the
 * sign-in page in between, the acquirer's status service, the clock. Plain data, for checks to use
 * as evidence: every step has its outcome, its time and a raw excerpt.
 */
import { z } from 'zod';
import { acquirerRequests } from './acquirer.ts';
import { fileIdSchema, sentenceSchema, utcSchema } from './common.ts';
import {
  dateSampleSchema,
  probePlaceSchema,
  probeProblemSchema,
  probeStepNameSchema,
  probeStepSchema,
} from './probe-step.ts';

export const hostCertificateSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()),
  validFromUtc: utcSchema.nullable(),
  validToUtc: utcSchema.nullable(),
  sha256: z.string(),
  /** `TLSv1.3`. */
  protocol: z.string(),
  /** All of them; the step names the first. Dates are judged by this computer's clock. */
  problems: z.array(probeProblemSchema),
});
export type HostCertificate = z.infer<typeof hostCertificateSchema>;

export const clockReferenceSchema = z.object({
  /** null: unknown, and `reason` says why. */
  offsetMs: z.number().nullable(),
  uncertaintyMs: z.number().nullable(),
  /** Whose time it is. */
  sources: z.array(z.string()),
  reason: z.enum(['no-source', 'sources-disagree']).nullable(),
});
export type ClockReference = z.infer<typeof clockReferenceSchema>;

export const sampleStatisticsSchema = z.object({
  count: z.number().int(),
  lost: z.number().int(),
  lossPercent: z.number(),
  /** Of those that were answered; null: none was. */
  meanMs: z.number().nullable(),
  minMs: z.number().nullable(),
  maxMs: z.number().nullable(),
  /** The mean difference between one answered sample and the next; null: fewer than two. */
  jitterMs: z.number().nullable(),
  /** null: lost. */
  timesMs: z.array(z.number().nullable()),
});
export type SampleStatistics = z.infer<typeof sampleStatisticsSchema>;

export const portalTestSchema = z.object({
  /**
   * `portal`: somebody else answered in the known host's place; `no-internet`: nobody did;
   * `unknown`: the known host itself is in trouble.
   */
  verdict: z.enum(['open', 'portal', 'no-internet', 'unknown']),
  /** Where a portal sends to, without its query; null: it answered itself, or there is none. */
  location: z.string().nullable(),
  tries: z.array(
    z.object({
      url: z.string(),
      /** null: it answered as known. */
      problem: probeProblemSchema.nullable(),
      timeMs: z.number(),
      raw: z.string().max(2_048),
    }),
  ),
  date: dateSampleSchema.nullable(),
});
export type PortalTest = z.infer<typeof portalTestSchema>;

export const hostProbeSchema = z.object({
  host: z.string(),
  port: z.number().int(),
  secure: z.boolean(),
  atUtc: utcSchema,
  timeMs: z.number(),
  /** All of them, in their order. */
  steps: z.array(probeStepSchema),
  /** The first that failed; null: none. */
  failedAt: probeStepNameSchema.nullable(),
  place: probePlaceSchema.nullable(),
  /** Where the fault lies, in words; or that all is well. */
  what: sentenceSchema,
  /** What to do next; null: nothing. */
  next: sentenceSchema.nullable(),
  addresses: z.array(z.string()),
  certificate: hostCertificateSchema.nullable(),
  /** Of the HTTP answer; null: none came. */
  status: z.number().int().nullable(),
  samples: sampleStatisticsSchema.nullable(),
  portal: portalTestSchema.nullable(),
  date: dateSampleSchema.nullable(),
  clock: clockReferenceSchema,
});
export type HostProbe = z.infer<typeof hostProbeSchema>;

const hostName = z
  .string()
  .max(253)
  .regex(/^[0-9a-z](?:[0-9a-z._-]{0,251}[0-9a-z.])?$|^[0-9a-f:.]{2,45}$/i);

/** A plain address that answers a known thing to everybody, unless something is in between. */
export const knownAnswerSchema = z.object({
  url: z.url({ protocol: /^http$/ }).max(512),
  status: z.number().int(),
  /** What its body contains; null: it has none. */
  contains: z.string().max(200).nullable(),
});
export type KnownAnswer = z.infer<typeof knownAnswerSchema>;

export const probeRequests = {
  /** Asks a host from this computer. A host that fails is a result, not a fault. */
  probeHost: {
    params: z.object({
      host: hostName,
      port: z.number().int().min(1).max(65_535).default(443),
      /** Over TLS. */
      secure: z.boolean().default(true),
      /** A name server to ask as well, by its address (and port); null: the usual one only. */
      resolver: z
        .string()
        .regex(/^[0-9a-f:.[\]]{2,53}$/i)
        .nullable()
        .default(null),
      samples: z.number().int().min(0).max(100).default(5),
      intervalMs: z.number().int().min(20).max(10_000).default(200),
      stepTimeoutMs: z.number().int().min(50).max(60_000).default(5_000),
      /** A CA to trust beside the usual ones, for training. */
      caFileId: fileIdSchema.nullable().default(null),
      /** Asked to find a sign-in page; null: the usual ones, none for a host on this computer. */
      known: z.array(knownAnswerSchema).max(4).nullable().default(null),
    }),
    progress: z.object({ step: probeStepSchema }),
    result: hostProbeSchema,
  },
  ...acquirerRequests,
} as const;
