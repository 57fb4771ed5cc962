/**
 * Public keys and certificates that this bench trusts besides those that the profiles name: for
 * firmware as if they were given with every image, for signed files as if they were named each time.
 */
import { z } from 'zod';
import { fileIdSchema, utcSchema } from './common.ts';

export const trustedKeySchema = z.object({
  /** `firmware`: a vendor's public key (PEM); `certificate`: a vendor's (PEM); `minisign`: a shop's. */
  kind: z.enum(['firmware', 'certificate', 'minisign']),
  /**
   * SHA-256, hex: of a key's SubjectPublicKeyInfo, of a certificate's DER form; minisign's key id,
   * then of the key's bytes.
   */
  fingerprint: z.string().min(16).max(100),
  /** Of the file it came in. */
  name: z.string().max(255),
  /** The file's. */
  text: z.string().max(16 * 1024),
  sinceUtc: utcSchema,
});
export type TrustedKey = z.infer<typeof trustedKeySchema>;

const result = z.object({ keys: z.array(trustedKeySchema) });
const progress = z.never();

export const trustedKeyRequests = {
  listTrustedKeys: { params: z.object({}), progress, result },
  /**
   * From a file, or what was listed before, which undoes `distrustKey`. One that is trusted already
   * stays as it is. Faults: `key-unreadable`, and as for any file.
   */
  trustKey: {
    params: z.union([
      z.object({ fileId: fileIdSchema }),
      z.object({ key: trustedKeySchema.pick({ name: true, text: true }) }),
    ]),
    progress,
    result,
  },
  distrustKey: { params: z.object({ fingerprint: z.string().max(100) }), progress, result },
};
