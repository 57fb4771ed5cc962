/** The diagnosis: checks, findings, and which failing check is the cause (playbook: qr-payment). */
import { z } from 'zod';
import { caseIdSchema, sentenceSchema, terminalIdSchema, utcSchema } from './common.ts';
import { readingNameSchema } from './reading.ts';

/** S1 no page or code unread, S2 refused, S3 charged but no order, S4 order but silent, S5 money not on the card. */
export const symptomSchema = z.enum(['S1', 'S2', 'S3', 'S4', 'S5']);
export type Symptom = z.infer<typeof symptomSchema>;

export const groupSchema = z.enum(['network', 'hardware', 'settings', 'account', 'platform']);
export type Group = z.infer<typeof groupSchema>;

/** Rungs of the ladder, lowest first; a check stands on one. */
export const rungs = [
  'power',
  'link',
  'address',
  'dns',
  'portal',
  'clock',
  'tls',
  'platform',
  'sign-in',
  'binding',
  'payment-settings',
  'qr-mode',
  'qr-validity',
  'scanner',
  'operation',
  'announcement',
] as const;
export const rungSchema = z.enum(rungs);
export type Rung = z.infer<typeof rungSchema>;

/** The guide's checks by their place in the guide; this playbook runs seven of them. */
export const checkIdSchema = z.enum([
  'network',
  'wifi',
  'battery',
  'system-version',
  'payment-settings',
  'qr-mode',
  'platform',
]);
export type CheckId = z.infer<typeof checkIdSchema>;

export const verdictSchema = z.enum(['pass', 'warn', 'fail', 'unknown', 'ask', 'not-applicable']);
export type Verdict = z.infer<typeof verdictSchema>;
export const confidenceSchema = z.enum(['high', 'medium', 'low']);
/** Who acts on a remedy. */
export const actorSchema = z.enum([
  'technician',
  'merchant',
  'acquirer',
  'service-provider',
  'platform',
  'issuer',
  'carrier',
  'vendor',
]);
export type Actor = z.infer<typeof actorSchema>;

export const evidenceSchema = z.object({
  /** The reading it rests on, or null for an answer of the technician. */
  reading: readingNameSchema.nullable(),
  source: z.string(),
  /** Raw excerpt, masked. */
  raw: z.string(),
  atUtc: utcSchema,
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const remedySchema = z.object({
  what: sentenceSchema,
  who: actorSchema,
  /** Settings that the correction would change, with the expected values; empty: not a correction. */
  settings: z.array(z.string()),
  /** True where new firmware is the remedy. */
  flash: z.boolean(),
});
export type Remedy = z.infer<typeof remedySchema>;

export const answerSchema = z.enum(['yes', 'no', 'unknown']);
export type Answer = z.infer<typeof answerSchema>;

export const questionSchema = z.object({
  id: z.string(),
  text: sentenceSchema,
  check: checkIdSchema,
});
export type Question = z.infer<typeof questionSchema>;

export const findingSchema = z.object({
  check: checkIdSchema,
  group: groupSchema,
  rung: rungSchema,
  /** Place in the guide: `1.1` … `5.3`. */
  guide: z.string(),
  verdict: verdictSchema,
  /** The one-line outcome. */
  headline: sentenceSchema,
  evidence: z.array(evidenceSchema),
  confidence: confidenceSchema,
  wouldProveWrong: sentenceSchema.nullable(),
  remedy: remedySchema.nullable(),
  /** Checks whose failure this one explains. */
  explains: z.array(checkIdSchema),
  question: questionSchema.nullable(),
  /** What the finding is in this diagnosis. */
  role: z.enum(['cause', 'follows', 'further-cause', 'finding']),
});
export type Finding = z.infer<typeof findingSchema>;

export const diagnosisSchema = z.object({
  caseId: caseIdSchema,
  terminalId: terminalIdSchema,
  symptom: symptomSchema,
  atUtc: utcSchema,
  /** In the guide's order, one for each check of the playbook. */
  findings: z.array(findingSchema),
  cause: checkIdSchema.nullable(),
  /** Checks whose verdict differs from the previous run in this case. */
  changed: z.array(checkIdSchema),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
