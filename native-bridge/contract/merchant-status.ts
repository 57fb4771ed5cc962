/** What the acquirer's status service says of a merchant, and how far asking it came. */
import { z } from 'zod';
import { factsSchema, sentenceSchema, utcSchema } from './common.ts';
import { dateSampleSchema, probeProblemSchema, probeStepSchema } from './probe-step.ts';

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
