/** What a payment code says, field by field, and how it stands to a terminal. */
import { z } from 'zod';
import { fileIdSchema, sentenceSchema, terminalIdSchema, utcSchema } from './common.ts';
import { verdictSchema } from './diagnosis.ts';

/** A QR code holds at most 7,089 characters (ISO/IEC 18004, version 40-L, numeric). */
export const maxQrCharacters = 7_089;

/** More codes of one picture are not read. */
export const maxPictureCodes = 64;

export const qrFieldSchema = z.object({
  /**
   * `59`, `26.00`: the data object's ids from the outermost one on; in a payer's code of EMVCo's kind
   * the tags in hex, `61.4F`. Two of one level may have the same.
   */
  path: z.string(),
  /** 0 for an outermost data object. */
  depth: z.number().int(),
  name: sentenceSchema,
  /** null: a template, whose fields follow. */
  value: z.string().nullable(),
  /** What the value stands for; null: what it says. */
  meaning: sentenceSchema.nullable(),
  /** Whether one of the faults or cautions is about it. */
  mark: z.enum(['fail', 'warn']).nullable(),
});
export type QrField = z.infer<typeof qrFieldSchema>;

export const qrCodeSchema = z.object({
  /**
   * As it stands in the code, characters that can't be seen as `⟨U+202E⟩`; of a payer's code, which
   * pays, only the beginning.
   */
  text: z.string(),
  /** `merchant-presented`: EMVCo's; `address`: a web or app address; `payer`: a code that pays. */
  kind: z.enum(['merchant-presented', 'address', 'payer', 'other']),
  /** What it is, in words. */
  what: sentenceSchema,
  fields: z.array(qrFieldSchema),
  /** null: a code without one. */
  checksum: z
    .object({ expected: z.string().nullable(), found: z.string().nullable(), good: z.boolean() })
    .nullable(),
  /** What breaks its specification, or deceives; empty: nothing. */
  faults: z.array(sentenceSchema),
  /** What may be meant so and is worth a look. */
  cautions: z.array(sentenceSchema),
  notes: z.array(sentenceSchema),
});
export type QrCode = z.infer<typeof qrCodeSchema>;

export const qrComparisonSchema = z.object({
  /** What is compared, a noun: merchant number, currency, address. */
  topic: sentenceSchema,
  verdict: verdictSchema,
  what: sentenceSchema,
  /** In the code; null: it does not say. */
  found: sentenceSchema.nullable(),
  /** What it was compared with; null: not known. */
  expected: sentenceSchema.nullable(),
  /** Where `expected` is from. */
  source: sentenceSchema.nullable(),
});
export type QrComparison = z.infer<typeof qrComparisonSchema>;

export const qrInspectionSchema = qrCodeSchema.extend({
  /** How it stands to the terminal and to its time; empty: there was nothing to compare it with. */
  against: z.array(qrComparisonSchema),
  /** When the terminal showed it, or the picture was there at the latest; null: not known. */
  seenUtc: utcSchema.nullable(),
});
export type QrInspection = z.infer<typeof qrInspectionSchema>;

/** A camera's frame is made no larger before it is looked at. */
export const maxFrame = { widthPixels: 1280, heightPixels: 1280 } as const;

/** A byte of brightness a pixel, rows from the top. */
export const frameSchema = z
  .object({
    widthPixels: z.number().int().min(1).max(maxFrame.widthPixels),
    heightPixels: z.number().int().min(1).max(maxFrame.heightPixels),
    luma: z.instanceof(Uint8Array),
  })
  .refine(({ widthPixels, heightPixels, luma }) => luma.length === widthPixels * heightPixels);

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
  /** The codes among themselves: whether they pay the same, and which stands over another. */
  between: z.array(qrComparisonSchema),
});
export type PictureInspection = z.infer<typeof pictureInspectionSchema>;

export const qrRequests = {
  inspectQr: {
    params: z.object({
      /** What the code says. */
      text: z.string().min(1).max(maxQrCharacters),
      /** Compared with what is known of this terminal; null: with none. */
      terminalId: terminalIdSchema.nullable().default(null),
      /** When the terminal showed it, where it was taken from one. */
      seenUtc: utcSchema.nullable().default(null),
    }),
    progress: z.never(),
    result: qrInspectionSchema,
  },
  /** The code that the terminal shows now. Faults: `qr-no-source`, `qr-not-shown`. */
  inspectShownQr: {
    params: z.object({ terminalId: terminalIdSchema }),
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
  /**
   * The code in a camera's frame; null: there is none, and the next frame may have one. Faults:
   * `picture-damaged`, `picture-too-slow`, and as `inspectQr`.
   */
  inspectQrFrame: {
    params: z.object({
      frame: frameSchema,
      terminalId: terminalIdSchema.nullable().default(null),
    }),
    progress: z.never(),
    result: z.object({ code: qrInspectionSchema.nullable() }),
  },
};
