/**
 * What this computer finds out by asking the network itself: a payment host step by step, the
 * sign-in page in between, the acquirer's status service, the clock. Plain data, for checks to use
 * as evidence: every step has its outcome, its time and a raw excerpt.
 */
import { z } from 'zod';
import { acquirerRequests } from './acquirer.ts';
import { factsSchema, fileIdSchema, sentenceSchema, utcSchema } from './common.ts';

/** In this order; `portal` is asked at the same time as the rest. */
export const probeStepNames = [
  'dns',
  'second-dns',
  'tcp',
  'tls',
  'http',
  'large',
  'samples',
  'portal',
] as const;
export const probeStepNameSchema = z.enum(probeStepNames);
export type ProbeStepName = z.infer<typeof probeStepNameSchema>;

/** What can be wrong, from the name to what the answer says. */
export const probeProblems = [
  'name-unknown',
  'name-server-silent',
  'name-server-failed',
  /** The usual name server gives addresses of a private network, another one public ones. */
  'name-private',
  'refused',
  'no-route',
  'no-answer',
  'cut-off',
  'not-tls',
  'tls-refused',
  'certificate-unknown-issuer',
  'certificate-wrong-name',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-refused',
  'not-http',
  'redirected',
  'login-page',
  'unexpected-answer',
  'maintenance',
  'server-error',
  'request-refused',
  'body-stalled',
  'too-large',
  'unreadable',
  'large-lost',
  'lossy',
  'portal',
  'no-internet',
  // of the status service alone
  'not-https',
  'merchant-unknown',
  'wrong-shape',
  'other-merchant',
] as const;
export const probeProblemSchema = z.enum(probeProblems);
export type ProbeProblem = z.infer<typeof probeProblemSchema>;

/** Where a fault lies, as far as this computer can see. */
export const probePlaceSchema = z.enum([
  'name',
  'name-server',
  'this-network',
  'portal',
  'this-computer',
  'way',
  'host',
  'unknown',
]);
export type ProbePlace = z.infer<typeof probePlaceSchema>;

export const probeStepSchema = z.object({
  step: probeStepNameSchema,
  /** `skipped`: a step before it failed, or nobody asked for it. */
  outcome: z.enum(['ok', 'failed', 'skipped']),
  problem: probeProblemSchema.nullable(),
  /** null: skipped. */
  timeMs: z.number().nullable(),
  what: sentenceSchema,
  facts: factsSchema,
  /** What was seen, at most 2,048 characters, masked. */
  raw: z.string().max(2_048),
});
export type ProbeStep = z.infer<typeof probeStepSchema>;

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

/** One Date header. */
export const dateSampleSchema = z.object({
  /** Scheme, host and port. */
  source: z.string(),
  /** Over TLS with a certificate in order; else anybody in between may have written it. */
  authentic: z.boolean(),
  dateUtc: utcSchema,
  /** This computer's clock less the host's; positive: this computer is ahead. */
  offsetMs: z.number(),
  uncertaintyMs: z.number(),
});
export type DateSample = z.infer<typeof dateSampleSchema>;

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

// The status service's answer -----------------------------------------------------------------

const shortText = z.string().max(120);
const fen = z.number().int().min(0).max(1e13);

export const merchantStateSchema = z.enum([
  'normal',
  'frozen',
  'dormant',
  'papers-expired',
  'real-name-unfinished',
]);
export const orderStateSchema = z.enum([
  'paid',
  'waits-for-password',
  'unpaid',
  'reversed',
  'refunded',
  'closed',
  'failed',
]);

/** See native-bridge/simulators/acquirer/README.md. Members that are not listed are dropped. */
export const merchantStatusSchema = z.object({
  format: z.literal('pos-bench-training-status/1'),
  merchantNumber: z.string().regex(/^[0-9A-Za-z]{1,32}$/),
  merchantName: shortText,
  atUtc: utcSchema,
  card: z.object({
    bound: z.boolean(),
    bank: shortText,
    /** The last four digits; empty: none is bound. */
    tail: z.string().regex(/^(?:[0-9]{4})?$/),
  }),
  merchant: z.object({ state: merchantStateSchema, sinceUtc: utcSchema.nullable() }),
  receiving: z.object({
    open: z.boolean(),
    singleLimitFen: fen.nullable(),
    dailyLimitFen: fen.nullable(),
    receivedTodayFen: fen.nullable(),
    methods: z.array(z.string().regex(/^[a-z0-9-]{1,32}$/)).max(32),
    creditCards: z.boolean(),
  }),
  platform: z.object({
    state: z.enum(['up', 'degraded', 'maintenance', 'down']),
    untilUtc: utcSchema.nullable(),
  }),
  /** The newest first. */
  orders: z
    .array(
      z.object({
        orderNumber: z.string().regex(/^[0-9A-Za-z-]{1,64}$/),
        atUtc: utcSchema,
        amountFen: fen,
        method: z.string().regex(/^[a-z0-9-]{1,32}$/),
        state: orderStateSchema,
        /** The terminal or sound box was told of the payment. */
        announced: z.boolean(),
      }),
    )
    .max(100),
  settlement: z.object({
    /** `D0`: the same day; `D1`, `T1`: the next day, the next working day. */
    cycle: z.enum(['D0', 'D1', 'T0', 'T1']),
    lastPayout: z
      .object({
        atUtc: utcSchema,
        amountFen: fen,
        state: z.enum(['paid', 'pending', 'failed']),
        failureReason: shortText.nullable(),
      })
      .nullable(),
  }),
});
export type MerchantStatus = z.infer<typeof merchantStatusSchema>;

export const statusAnswerSchema = z.object({
  /** Scheme, host and port. */
  service: z.string(),
  merchantNumber: z.string(),
  atUtc: utcSchema,
  timeMs: z.number(),
  /** null: answered, and `status` is there. */
  problem: probeProblemSchema.nullable(),
  /** How far it came. */
  steps: z.array(probeStepSchema),
  what: sentenceSchema,
  facts: factsSchema,
  /** Of the HTTP answer; null: none came. */
  httpStatus: z.number().int().nullable(),
  /** Bytes of the body that were let in, before decoding. */
  bodyBytes: z.number().int(),
  raw: z.string().max(2_048),
  status: merchantStatusSchema.nullable(),
  date: dateSampleSchema.nullable(),
});
export type StatusAnswer = z.infer<typeof statusAnswerSchema>;

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
