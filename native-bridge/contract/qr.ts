/** What a payment code says, field by field, and how it stands to a terminal. */
import { z } from 'zod';
import { fileIdSchema, sentenceSchema, terminalIdSchema } from './common.ts';
import { verdictSchema } from './diagnosis.ts';

/** A QR code holds at most 7,089 characters (ISO/IEC 18004, version 40-L, numeric). */
export const maxQrCharacters = 7_089;

/** More codes of one picture are not read. */
export const maxPictureCodes = 64;

export const qrFieldSchema = z.object({
  /** `59`, `26.00`: the data object's ids from the outermost one on. */
  path: z.string(),
  /** 0 for an outermost data object. */
  depth: z.number().int(),
  name: sentenceSchema,
  /** null: a template, whose fields follow. */
  value: z.string().nullable(),
  /** What the value stands for; null: what it says. */
  meaning: sentenceSchema.nullable(),
});
export type QrField = z.infer<typeof qrFieldSchema>;

export const qrCodeSchema = z.object({
  /** As it stands in the code; of a payer's code, which pays, only the first digits. */
  text: z.string(),
  /** `merchant-presented`: EMVCo's; `address`: a web or app address; `payer`: digits that pay. */
  kind: z.enum(['merchant-presented', 'address', 'payer', 'other']),
  /** What it is, in words. */
  what: sentenceSchema,
  fields: z.array(qrFieldSchema),
  /** null: a code without one. */
  checksum: z
    .object({ expected: z.string().nullable(), found: z.string().nullable(), good: z.boolean() })
    .nullable(),
  /** What breaks its specification; empty: nothing. */
  faults: z.array(sentenceSchema),
  notes: z.array(sentenceSchema),
});
export type QrCode = z.infer<typeof qrCodeSchema>;

export const qrComparisonSchema = z.object({
  verdict: verdictSchema,
  what: sentenceSchema,
});
export type QrComparison = z.infer<typeof qrComparisonSchema>;

export const qrInspectionSchema = qrCodeSchema.extend({
  /** How it stands to the terminal; empty: it was compared with none. */
  against: z.array(qrComparisonSchema),
});
export type QrInspection = z.infer<typeof qrInspectionSchema>;

/** A place in a picture as parts of its width and height, from the top left: 0 to 1. */
const placeSchema = z.object({ x: z.number(), y: z.number() });

export const pictureCodeSchema = z.object({
  /** `QRCode`, `Code128`, `DataMatrix`, `Aztec`, `PDF417`, or a kind of these. */
  format: z.string(),
  /** From 1: rows from the top, in each from the left. */
  row: z.number().int(),
  column: z.number().int(),
  /** Clockwise from the code's own top left. */
  corners: z.array(placeSchema).length(4),
  inspection: qrInspectionSchema,
});
export type PictureCode = z.infer<typeof pictureCodeSchema>;

export const pictureInspectionSchema = z.object({
  file: z.string(),
  kind: z.enum(['png', 'jpeg', 'gif', 'bmp']),
  widthPixels: z.number().int(),
  heightPixels: z.number().int(),
  /** In reading order; empty: no code was found in it. */
  codes: z.array(pictureCodeSchema),
});
export type PictureInspection = z.infer<typeof pictureInspectionSchema>;

export const qrRequests = {
  inspectQr: {
    params: z.object({
      /** What the code says. */
      text: z.string().min(1).max(maxQrCharacters),
      /** Compared with this terminal's settings; null: with none. */
      terminalId: terminalIdSchema.nullable().default(null),
    }),
    progress: z.never(),
    result: qrInspectionSchema,
  },
  /**
   * The codes in a photo or screenshot. Faults: `file-missing`, `file-unreadable`, `file-too-large`,
   * `picture-unknown`, `picture-damaged`, `picture-too-large`, `picture-too-slow`.
   */
  inspectQrPicture: {
    params: z.object({
      fileId: fileIdSchema,
      terminalId: terminalIdSchema.nullable().default(null),
    }),
    progress: z.never(),
    result: pictureInspectionSchema,
  },
};
