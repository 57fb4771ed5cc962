/** Firmware: inspecting an image, planning, flashing and going on with it. */
import { z } from 'zod';
import { caseIdSchema, fileIdSchema, sentenceSchema, terminalIdSchema } from './common.ts';
import { flashPlanSchema, flashProgressSchema, flashResultSchema } from './firmware.ts';
import { imageInspectionSchema } from './image.ts';

const none = z.never();

export const firmwareRequests = {
  inspectFirmware: {
    params: z.object({
      fileId: fileIdSchema,
      keyFileIds: z.array(fileIdSchema).default([]),
      /** Use this shipped profile's keys and demands. */
      profile: z.string().nullable().default(null),
      /** Those of a profile of one's own instead. */
      profileFileId: fileIdSchema.nullable().default(null),
      /** Those of the profile that this terminal is connected with instead. */
      terminalId: terminalIdSchema.nullable().default(null),
    }),
    progress: none,
    result: imageInspectionSchema,
  },
  planFlash: {
    params: z.object({
      terminalId: terminalIdSchema,
      fileId: fileIdSchema,
      keyFileIds: z.array(fileIdSchema).default([]),
    }),
    progress: none,
    result: flashPlanSchema,
  },
  flash: {
    params: z.object({
      terminalId: terminalIdSchema,
      fileId: fileIdSchema,
      keyFileIds: z.array(fileIdSchema).default([]),
      caseId: caseIdSchema.nullable().default(null),
      allow: z.array(z.string()).default([]),
      /** SHA-256 of the file the plan was accepted for; another file is refused. */
      acceptedSha256: z.string(),
    }),
    progress: flashProgressSchema,
    result: flashResultSchema,
  },
  /**
   * The newest flash of this terminal, and the kept copy of its image where there is something to go
   * on with: to be planned and flashed like any file.
   */
  resumeFlash: {
    params: z.object({ terminalId: terminalIdSchema }),
    progress: none,
    result: z.object({
      /** null: no flash of it is known here. */
      flash: flashResultSchema.nullable(),
      /** null: nothing remains to be done, or the copy is not kept any more. */
      fileId: fileIdSchema.nullable(),
      text: sentenceSchema,
    }),
  },
  /** Answers the question that a flash asks (`flashProgress.question`). Throws `question-gone`. */
  answerFlash: {
    /** null: nobody is there to answer. */
    params: z.object({ terminalId: terminalIdSchema, answer: z.boolean().nullable() }),
    progress: none,
    result: z.object({}),
  },
} as const;
