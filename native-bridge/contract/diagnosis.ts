/** The diagnosis: checks, findings, and which failing check is the cause (playbook: qr-payment). */
import { z } from 'zod';
import { caseIdSchema, sentenceSchema, terminalIdSchema, utcSchema } from './common.ts';
import { inBothSchema, operatingCardSchema } from './operating-card.ts';
import { readingNameSchema, unitSchema } from './reading.ts';

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

/**
 * The field guide's fifteen checks and the field's own, as they stand on the screen: by group, in
 * each the guide's first and in its order.
 */
export const checkIdSchema = z.enum([
  'network',
  'wifi',
  'vpn',
  'cellular',
  'clock',
  'tls',
  'scanner',
  'battery',
  'system-version',
  'tamper',
  'printer',
  'sound-device',
  'announcement',
  'payment-settings',
  'qr-mode',
  'operation',
  'sign-in',
  'counter-code',
  'acquirer-apps',
  'card-bound',
  'merchant-status',
  'receiving',
  'device-binding',
  'settlement',
  'licence',
  'platform',
  'support',
  'qr-validity',
  'order-state',
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
  'payer',
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
  /** A test of the toolkit's that is the next step; null: none. */
  test: z.enum(['scanner']).nullable().default(null),
});
export type Remedy = z.infer<typeof remedySchema>;

/** By question id: a choice's id, what was read or heard in its own words, or `unknown`. */
export const answersSchema = z.record(z.string().max(64), z.string().max(2_000));
export type Answers = z.infer<typeof answersSchema>;
/** Always an answer. */
export const dontKnow = 'unknown';

export const choiceSchema = z.object({
  id: z.string(),
  text: sentenceSchema,
  /** Checks that could be the cause now and could not after this answer. */
  rulesOut: z.array(checkIdSchema),
});
export type Choice = z.infer<typeof choiceSchema>;

export const questionSchema = z.object({
  id: z.string(),
  /** `opening`: about the complaint; `comparison`: something to try; `check`: one thing looked at. */
  kind: z.enum(['opening', 'comparison', 'check']).default('check'),
  text: sentenceSchema,
  /** How to find out; null where the question says it. */
  how: sentenceSchema.nullable().default(null),
  /** The check in whose row it stands; null: it is about the whole. */
  check: checkIdSchema.nullable(),
  /** Empty: asks for the exact words. `unknown` is always the last. */
  choices: z.array(choiceSchema).default([]),
  answer: z.string().nullable().default(null),
});
export type Question = z.infer<typeof questionSchema>;

export const findingSchema = z.object({
  check: checkIdSchema,
  group: groupSchema,
  rung: rungSchema,
  /** Place in the guide: `1.1` … `5.3`; null: the field's own. */
  guide: z.string().nullable(),
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
  /** Which answer speaks against it as the cause; null: none. */
  ruledOutBy: sentenceSchema.nullable().default(null),
  /** What the finding is in this diagnosis. */
  role: z.enum(['cause', 'follows', 'further-cause', 'finding']),
});
export type Finding = z.infer<typeof findingSchema>;

/** What is compared from visit to visit: readings, and the clock's error, which is made of one. */
export const trendNames = [
  'battery.levelPercent',
  'battery.health',
  'battery.cycleCount',
  'wifi.rssiDbm',
  'cellular.rsrpDbm',
  'cellular.sinrDb',
  'network.lossPercent',
  'network.latencyMs',
  'network.jitterMs',
  'clock.skewSeconds',
  'scanner.decodeMs',
] as const;
export const trendNameSchema = z.enum(trendNames);
export type TrendName = z.infer<typeof trendNameSchema>;

const trendValueSchema = z.union([z.number(), z.string()]);

/** Where a reading goes over the visits; `watch`: at this rate it is over its band before the next. */
export const trendSchema = z.object({
  name: trendNameSchema,
  unit: unitSchema,
  was: trendValueSchema,
  wasUtc: utcSchema,
  is: trendValueSchema,
  /** `other`: words, which have no up and down. */
  direction: z.enum(['up', 'down', 'same', 'other']),
  verdict: z.enum(['better', 'steady', 'worse', 'watch']),
  /** Values of earlier visits, oldest first. */
  earlier: z.array(z.object({ atUtc: utcSchema, value: trendValueSchema })),
});
export type Trend = z.infer<typeof trendSchema>;

/** What only a routine visit (巡检) says. */
export const routineSchema = z.object({
  /** Earlier visits with readings that were compared; 0: there was none. */
  visits: z.number().int(),
  trends: z.array(trendSchema),
  nextVisitUtc: utcSchema,
  /** Days from this visit to the next, and why so many. */
  inDays: z.number().int(),
  why: sentenceSchema,
});
export type Routine = z.infer<typeof routineSchema>;

/** Two answers that can't both be true; both are asked again. */
export const contradictionSchema = z.object({
  questions: z.tuple([z.string(), z.string()]),
  what: sentenceSchema,
});
export type Contradiction = z.infer<typeof contradictionSchema>;

/** Whom to turn to about the cause and what they will want, from the trade knowledge. */
export const supportSchema = z.object({
  who: actorSchema,
  reach: inBothSchema,
  /** `confirmed` false: no source could be named for the number. */
  phones: z.array(z.object({ labels: inBothSchema, phone: z.string(), confirmed: z.boolean() })),
  ask: z.array(inBothSchema),
  papers: z.array(inBothSchema),
});
export type Support = z.infer<typeof supportSchema>;

export const diagnosisSchema = z.object({
  caseId: caseIdSchema,
  /** null: without a terminal. */
  terminalId: terminalIdSchema.nullable(),
  /** null: a routine visit (巡检), without a complaint. */
  symptom: symptomSchema.nullable(),
  atUtc: utcSchema,
  /** In the guide's order, one for each check of the playbook. */
  findings: z.array(findingSchema),
  cause: checkIdSchema.nullable(),
  /** null: no cause, or nobody outside of the shop has to act and no papers are needed. */
  support: supportSchema.nullable().default(null),
  /** Operating cards that help with the cause. */
  cards: z.array(operatingCardSchema).default([]),
  /** Worth asking now, what settles most first; none of them keeps anything waiting. */
  questions: z.array(questionSchema).default([]),
  contradictions: z.array(contradictionSchema).default([]),
  answers: answersSchema.default({}),
  /** Set at a routine visit to a terminal. */
  routine: routineSchema.nullable().default(null),
  /** Checks whose verdict differs from the previous run in this case. */
  changed: z.array(checkIdSchema),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
