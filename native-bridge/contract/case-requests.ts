/** Cases: listing, opening and closing them, and the reports that are made of them. */
import { z } from 'zod';
import { caseRecordSchema, caseSummarySchema } from './case.ts';
import { caseLookSchema } from './case-look.ts';
import { caseIdSchema, localeSchema, utcSchema } from './common.ts';
import { flashVerdictSchema } from './firmware.ts';

const none = z.never();

export const caseRequests = {
  listCases: {
    params: z.object({
      serialNumber: z.string().nullable().default(null),
      merchant: z.string().nullable().default(null),
      sinceUtc: utcSchema.nullable().default(null),
      /** Exclusive. */
      untilUtc: utcSchema.nullable().default(null),
      cause: z.string().nullable().default(null),
      flashVerdict: flashVerdictSchema.nullable().default(null),
      /**
       * Words that must each stand in the terminal's model, serial number or nickname, the
       * merchant's name, the ticket number or the case's id; capital letters count no more than others.
       */
      text: z.string().max(200).nullable().default(null),
      /** `open`: only visits that go on; `closed`: only ended ones. */
      state: z.enum(['open', 'closed']).nullable().default(null),
      limit: z.number().int().min(1).max(1000).default(100),
      /** The next page: what comes after this case, the last that was listed. */
      after: z.object({ id: caseIdSchema, openedUtc: utcSchema }).nullable().default(null),
    }),
    progress: none,
    /** `damaged`: ids of cases that can't be read any more; the others are all there. */
    result: z.object({
      cases: z.array(caseSummarySchema),
      damaged: z.array(z.string()),
      /** How many there are, also beyond `limit` and before `after`. */
      total: z.number().int(),
    }),
  },
  /** What the history can be narrowed to: values that stand in it. */
  listCaseValues: {
    params: z.object({}),
    progress: none,
    result: z.object({ causes: z.array(z.string()), flashVerdicts: z.array(z.string()) }),
  },
  /** Ends the visit; what is done to the terminal later is a case of its own. */
  closeCase: {
    params: z.object({ caseId: caseIdSchema }),
    progress: none,
    result: caseSummarySchema,
  },
  getCase: { params: z.object({ caseId: caseIdSchema }), progress: none, result: caseRecordSchema },
  /** A case as it was, told from its end, as its report tells it. Faults: `case-unknown`. */
  lookAtCase: {
    params: z.object({ caseId: caseIdSchema }),
    progress: none,
    result: caseLookSchema,
  },
  /**
   * The report's text; the host writes it where the technician chose. It closes the case, but for the
   * summary: ten lines to paste while the visit goes on.
   */
  makeReport: {
    params: z.object({
      caseId: caseIdSchema,
      format: z.enum(['html', 'json', 'summary']),
      locale: localeSchema,
    }),
    progress: none,
    result: z.object({
      text: z.string(),
      suggestedName: z.string(),
      /** Of what the case held: who signs what is written here names it. */
      contentSha256: z.string(),
    }),
  },
};
