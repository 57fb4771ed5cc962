/**
 * One step in which this computer asks a host something: what can be wrong, where the fault then lies,
 * and whose time the answer told. A payment host and the status service are asked in the same steps.
 */
import { z } from 'zod';
import { factsSchema, sentenceSchema, utcSchema } from './common.ts';

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
