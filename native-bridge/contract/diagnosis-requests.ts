/** The diagnosis: running it, its questions, and taking one up again. */
import { z } from 'zod';
import { caseIdSchema, fileIdSchema, terminalIdSchema } from './common.ts';
import {
  answersSchema,
  diagnosisSchema,
  findingSchema,
  questionSchema,
  symptomSchema,
} from './diagnosis.ts';
import { samplingProgressSchema } from './reading.ts';

const none = z.never();

export const diagnosisRequests = {
  diagnose: {
    params: z.object({
      /** null: no terminal is attached; questions alone. */
      terminalId: terminalIdSchema.nullable(),
      /** Without a terminal: the name of its model's profile; null: any terminal. */
      profile: z.string().nullable().default(null),
      /** Without a terminal: a profile of one's own instead. */
      profileFileId: fileIdSchema.nullable().default(null),
      /** Without a terminal: what the merchant's should be set to, and whose case it is. */
      merchantFileId: fileIdSchema.nullable().default(null),
      /** The merchant's name, where no terminal and no file tells it. */
      shop: z.string().trim().min(1).max(120).nullable().default(null),
      /** null: a routine visit, without a complaint. */
      symptom: symptomSchema.nullable(),
      answers: answersSchema.default({}),
      /** Judges what the last run of this visit read, where there was one; nothing is read again. */
      reuse: z.boolean().default(false),
      /** Continue this case; null opens one. */
      caseId: caseIdSchema.nullable().default(null),
      /** Trade knowledge of one's own beside the data folder's; faults as `getKnowledge`. */
      rulesFileId: fileIdSchema.nullable().default(null),
    }),
    progress: z.union([z.object({ finding: findingSchema }), samplingProgressSchema]),
    result: diagnosisSchema,
  },
  /** Every question of the playbook, or those that bear on one complaint. */
  listQuestions: {
    params: z.object({ symptom: symptomSchema.nullable().default(null) }),
    progress: none,
    result: z.object({ questions: z.array(questionSchema) }),
  },
  /**
   * The newest diagnosis of this case, or else of the terminal's present visit, as it was; null:
   * there is none. Nothing is read.
   */
  resumeDiagnosis: {
    params: z.object({
      terminalId: terminalIdSchema.nullable().default(null),
      caseId: caseIdSchema.nullable().default(null),
    }),
    progress: none,
    result: z.object({ diagnosis: diagnosisSchema.nullable() }),
  },
};
