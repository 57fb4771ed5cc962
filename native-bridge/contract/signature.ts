/**
 * The merchant's signature under a case: drawn on the screen as strokes, or the name alone. What was
 * signed is held by a hash, so that a case that was changed afterwards says so.
 */
import { z } from 'zod';
import { caseIdSchema, utcSchema } from './common.ts';

/** The sheet that is written on, in units of its own; 0, 0 is its upper left corner. */
export const signatureSheet = { width: 1000, height: 320 } as const;
export const maxSignatureStrokes = 200;
/** Of all strokes together: some twenty times what a name takes. */
export const maxSignaturePoints = 8_000;
export const maxSignerCharacters = 80;

const pointSchema = z.tuple([
  z.number().int().min(0).max(signatureSheet.width),
  z.number().int().min(0).max(signatureSheet.height),
]);
export type SignaturePoint = z.infer<typeof pointSchema>;

export const strokesSchema = z
  .array(z.array(pointSchema).min(1).max(maxSignaturePoints))
  .max(maxSignatureStrokes)
  .refine((strokes) => strokes.reduce((sum, s) => sum + s.length, 0) <= maxSignaturePoints);
export type SignatureStrokes = z.infer<typeof strokesSchema>;

export const merchantSignatureSchema = z.object({
  /** Masked. */
  signer: z.string(),
  /** `typed`: the name alone. */
  form: z.enum(['drawn', 'typed']),
  /** Of a drawn one; empty in a bundle, which leaves them out. */
  strokes: strokesSchema,
  /** Of what the case held then: SHA-256, hex. */
  contentSha256: z.string(),
});
export type MerchantSignature = z.infer<typeof merchantSignatureSchema>;

/** The newest signature, and whether the case is still what was signed. */
export const signedStateSchema = z.object({
  atUtc: utcSchema,
  signature: merchantSignatureSchema,
  /** What came to the case afterwards, by the kinds of its events. */
  addedKinds: z.array(z.string()),
  /** False: what was signed is not what the records hold of it now. */
  intact: z.boolean(),
});
export type SignedState = z.infer<typeof signedStateSchema>;

export const signatureRequests = {
  /**
   * Signs what the case holds now. Faults: `case-unknown`, `bad-request` without a name,
   * `case-changed` where that is not what was read.
   */
  signCase: {
    params: z.object({
      caseId: caseIdSchema,
      signer: z.string().trim().min(1).max(maxSignerCharacters),
      strokes: strokesSchema.default([]),
      /** Of what was read; null: whatever the case holds. */
      contentSha256: z.string().nullable().default(null),
    }),
    progress: z.never(),
    result: signedStateSchema,
  },
};

/**
 * A stroke as an SVG path: through the middles between its points, bent by the points themselves, so
 * that a quick hand leaves no corners. One point alone is a dot (with round line ends).
 */
export function strokePath(points: readonly SignaturePoint[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const start = `M${first[0]} ${first[1]}`;
  if (rest.length === 0) return `${start}h0`;
  const parts = [start];
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (next === undefined) parts.push(`L${point[0]} ${point[1]}`);
    else
      parts.push(
        `Q${point[0]} ${point[1]} ${middle(point[0], next[0])} ${middle(point[1], next[1])}`,
      );
  }
  return parts.join('');
}

const middle = (a: number, b: number): number => (a + b) / 2;
