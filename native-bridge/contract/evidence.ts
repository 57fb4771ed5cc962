/** What a case rests on besides readings: what people showed and said, photographed or copied down. */
import { z } from 'zod';
import { caseIdSchema, fileIdSchema } from './common.ts';

/** What a photo shows, or where a text was copied from. */
export const evidenceSubjectSchema = z.enum([
  'shop-front',
  'code-plate',
  'serial-number',
  'slip',
  'bill',
  'back-office',
  'screen',
  'other',
]);
export type EvidenceSubject = z.infer<typeof evidenceSubjectSchema>;

export const maxEvidenceCharacters = 4_000;
/** Of a photo's file. */
export const maxPhotoBytes = 20 * 1024 * 1024;

/** A photo as it is kept: without what the camera wrote beside the pixels. */
export const photoSchema = z.object({
  /** Of the file it came from, without its folder. */
  name: z.string(),
  mediaType: z.enum(['image/jpeg', 'image/png']),
  sha256: z.string(),
  sizeBytes: z.number().int(),
  /** As stored; a viewer may turn the picture. */
  widthPixels: z.number().int(),
  heightPixels: z.number().int(),
});
export type Photo = z.infer<typeof photoSchema>;

const common = { id: z.string().min(1).max(64), subject: evidenceSubjectSchema };

export const caseEvidenceSchema = z.discriminatedUnion('form', [
  /** Masked. */
  z.object({ ...common, form: z.literal('text'), text: z.string() }),
  z.object({ ...common, form: z.literal('photo'), photo: photoSchema }),
]);
export type CaseEvidence = z.infer<typeof caseEvidenceSchema>;

export const evidenceRequests = {
  /**
   * Adds a photo (JPEG or PNG; what the camera wrote beside the pixels is left out) or a text to a
   * case. Faults: `case-unknown`, `file-missing`, `file-unreadable`, `file-too-large`,
   * `file-changed`, `picture-unknown`, `picture-damaged`, `picture-too-large`, `disk-full`,
   * `data-folder-unwritable`, `bad-request` for a text without a word.
   */
  addEvidence: {
    params: z.object({
      caseId: caseIdSchema,
      subject: evidenceSubjectSchema,
      evidence: z.discriminatedUnion('form', [
        z.object({ form: z.literal('photo'), fileId: fileIdSchema }),
        z.object({
          form: z.literal('text'),
          text: z.string().min(1).max(maxEvidenceCharacters),
        }),
      ]),
    }),
    progress: z.never(),
    result: caseEvidenceSchema,
  },
  /** A photo as it is kept; null: not there any more, or no longer what it was. Faults: `case-unknown`. */
  readPhoto: {
    params: z.object({ caseId: caseIdSchema, evidenceId: z.string().min(1).max(64) }),
    progress: z.never(),
    result: z.object({ bytes: z.instanceof(Uint8Array), mediaType: z.string() }).nullable(),
  },
  /** What the technician writes down. Masked. Faults: `case-unknown`, `bad-request`. */
  addNote: {
    params: z.object({ caseId: caseIdSchema, text: z.string().min(1).max(maxEvidenceCharacters) }),
    progress: z.never(),
    result: z.object({ text: z.string() }),
  },
  /** The number that the acquirer gave this complaint, masked; null takes it away again. */
  setTicket: {
    params: z.object({
      caseId: caseIdSchema,
      number: z.string().trim().min(1).max(64).nullable(),
    }),
    progress: z.never(),
    result: z.object({ number: z.string().nullable() }),
  },
};
