/** A case told from its end: what its record comes to, as the report and the window show it. */
import { z } from 'zod';
import { caseRecordSchema } from './case.ts';
import { sentenceSchema } from './common.ts';
import { actorSchema, checkIdSchema, verdictSchema } from './diagnosis.ts';
import { signedStateSchema } from './signature.ts';

/**
 * `found`: diagnosed once, not looked at again since. `another`: the first cause is gone and a
 * second one is there. `unproven`: the check that held the cause can't tell any more.
 */
export const caseOutcomeSchema = z.enum([
  'found',
  'resolved',
  'open',
  'another',
  'unproven',
  'no-cause',
  'not-diagnosed',
]);
export type CaseOutcome = z.infer<typeof caseOutcomeSchema>;

export const caseLookSchema = z.object({
  record: caseRecordSchema,
  outcome: caseOutcomeSchema,
  /** Proven, but what the newest verdict on a flash names comes before money moves. */
  notTradingYet: z.boolean(),
  /** Which diagnosis of the record tells the cause, by its place among them; null: none does. */
  tellingDiagnosis: z.number().int().nullable(),
  changes: z.array(z.object({ check: checkIdSchema, from: verdictSchema, to: verdictSchema })),
  next: z.array(
    z.object({ who: actorSchema, check: checkIdSchema.nullable(), what: sentenceSchema }),
  ),
  /** null: nobody signed. */
  signed: signedStateSchema.nullable(),
});
export type CaseLook = z.infer<typeof caseLookSchema>;
