/**
 * Cases: everything done in one visit, to one terminal or with none attached; the report is made
 * from it.
 */
import { z } from 'zod';
import { appResultSchema } from './app.ts';
import { caseIdSchema, terminalIdSchema, utcSchema } from './common.ts';
import { correctionSchema } from './correction.ts';
import { diagnosisSchema, symptomSchema } from './diagnosis.ts';
import { caseEvidenceSchema } from './evidence.ts';
import { flashResultSchema } from './firmware.ts';
import { imageInspectionSchema } from './image.ts';
import { readingSchema } from './reading.ts';
import { scannerTestSchema } from './scanner.ts';
import { merchantSignatureSchema } from './signature.ts';
import { identitySchema } from './terminal.ts';

/** What happened, in order; append-only. */
export const caseEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('readings'),
    atUtc: utcSchema,
    readings: z.array(readingSchema),
    /** This computer's clock less the network's, positive: ahead; null: nobody told. */
    computerAheadMs: z.number().nullable().optional(),
  }),
  z.object({ kind: z.literal('diagnosis'), atUtc: utcSchema, diagnosis: diagnosisSchema }),
  z.object({ kind: z.literal('correction'), atUtc: utcSchema, correction: correctionSchema }),
  z.object({ kind: z.literal('image'), atUtc: utcSchema, image: imageInspectionSchema }),
  z.object({ kind: z.literal('flash'), atUtc: utcSchema, flash: flashResultSchema }),
  z.object({ kind: z.literal('app'), atUtc: utcSchema, app: appResultSchema }),
  z.object({ kind: z.literal('scanner-test'), atUtc: utcSchema, test: scannerTestSchema }),
  z.object({ kind: z.literal('note'), atUtc: utcSchema, text: z.string() }),
  z.object({ kind: z.literal('evidence'), atUtc: utcSchema, evidence: caseEvidenceSchema }),
  /** The acquirer's number of this complaint; the newest counts, null: there is none. */
  z.object({ kind: z.literal('ticket'), atUtc: utcSchema, number: z.string().nullable() }),
  z.object({
    kind: z.literal('signature'),
    atUtc: utcSchema,
    signature: merchantSignatureSchema,
  }),
  /** What is said with the terminal from here on is recorded to this file (its whole path). */
  z.object({ kind: z.literal('recording'), atUtc: utcSchema, file: z.string() }),
]);
export type CaseEvent = z.infer<typeof caseEventSchema>;

export const caseSummarySchema = z.object({
  id: caseIdSchema,
  /** null: no terminal was attached; then there is no port and nobody was identified either. */
  terminalId: terminalIdSchema.nullable(),
  openedUtc: utcSchema,
  closedUtc: utcSchema.nullable(),
  portUrl: z.string().nullable(),
  /** null: without a terminal, of no model in particular. */
  profile: z.string().nullable(),
  identity: identitySchema.nullable(),
  /** What the technician calls the terminal today; only where cases are listed. */
  nickname: z.string().nullable().optional(),
  merchant: z.string().nullable(),
  symptom: symptomSchema.nullable(),
  cause: z.string().nullable(),
  flashVerdict: z.string().nullable(),
  /** The verdict replaced another one that was given to the same flash before. */
  flashCorrected: z.boolean(),
  /** A routine visit (巡检) says when the next one is due; null: it was none. */
  nextVisitUtc: utcSchema.nullable().default(null),
  /** The acquirer's number; null: there is none. */
  ticket: z.string().nullable().default(null),
  /** When the merchant signed last; null: never. */
  signedUtc: utcSchema.nullable().default(null),
});
export type CaseSummary = z.infer<typeof caseSummarySchema>;

export const caseRecordSchema = caseSummarySchema.extend({ events: z.array(caseEventSchema) });
export type CaseRecord = z.infer<typeof caseRecordSchema>;
