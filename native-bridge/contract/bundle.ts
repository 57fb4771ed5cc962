/** The support bundle: everything that is known of a case, masked, in one file to send on. */
import { z } from 'zod';
import { caseIdSchema, utcSchema } from './common.ts';

export const bundleFileSchema = z.object({
  /** In the zip. */
  path: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  /** Texts in which something was hidden when this bundle was made; null: what can't be masked. */
  masked: z.number().int().nullable(),
});
export type BundleFile = z.infer<typeof bundleFileSchema>;

export const leftOutSchema = z.object({
  what: z.string(),
  reason: z.enum(['too-large', 'missing', 'altered', 'unreadable']),
  /** null: not known. */
  sizeBytes: z.number().int().nullable(),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

/** `manifest.json` in the zip. */
export const bundleManifestSchema = z.object({
  format: z.literal(1),
  product: z.string(),
  version: z.string(),
  madeUtc: utcSchema,
  caseId: caseIdSchema,
  system: z.object({
    /** `app` or `cli`. */
    program: z.string(),
    platform: z.string(),
    release: z.string(),
    arch: z.string(),
    node: z.string(),
    electron: z.string().nullable(),
  }),
  /** `shipped`: it came with this version of the program. */
  profile: z.object({ name: z.string().nullable(), shipped: z.boolean() }),
  /** What is hidden wherever it was found, and what nobody looked for it in. */
  masking: z.object({ hidden: z.array(z.string()), notMasked: z.array(z.string()) }),
  /** In the order of the zip, but for the manifest, which is its first. */
  files: z.array(bundleFileSchema),
  leftOut: z.array(leftOutSchema),
});
export type BundleManifest = z.infer<typeof bundleManifestSchema>;

export const bundleRequests = {
  /**
   * The bytes of a zip; the host writes them where the technician chose. The case stays open.
   * Faults: `case-unknown`.
   */
  makeBundle: {
    params: z.object({ caseId: caseIdSchema }),
    progress: z.never(),
    result: z.object({
      bytes: z.instanceof(Uint8Array),
      suggestedName: z.string(),
      manifest: bundleManifestSchema,
    }),
  },
};
