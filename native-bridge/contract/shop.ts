/**
 * The shop that repairs: its name and logo on every report, and the key it signs its files with, in
 * minisign's format (https://jedisct1.github.io/minisign/), so that anybody can tell a changed one.
 */
import { z } from 'zod';
import { fileIdSchema, utcSchema } from './common.ts';

export const maxShopNameCharacters = 80;
export const shopLogoLimits = { fileBytes: 512 * 1024, sidePixels: 2_000 } as const;

export const shopLogoSchema = z.object({
  mediaType: z.enum(['image/jpeg', 'image/png']),
  widthPixels: z.number().int(),
  heightPixels: z.number().int(),
  bytes: z.instanceof(Uint8Array),
});
export type ShopLogo = z.infer<typeof shopLogoSchema>;

export const shopKeySchema = z.object({
  /** Sixteen hex digits, as minisign writes it. */
  keyId: z.string(),
  /** The line that `minisign -P` takes. */
  publicKey: z.string(),
});
export type ShopKey = z.infer<typeof shopKeySchema>;

export const shopSchema = z.object({
  name: z.string().nullable(),
  logo: shopLogoSchema.nullable(),
  /** null: none was made yet. */
  key: shopKeySchema.nullable(),
  /** What is saved is signed unless somebody says otherwise. */
  signs: z.boolean(),
});
export type Shop = z.infer<typeof shopSchema>;

/**
 * `sound`: what was signed, by a key that is known. `changed`: not what was signed with this key.
 * `unknown-key`: signed with a key that nobody vouched for here. `unsigned`: no signature beside it.
 * `unreadable`: what lies beside it is none.
 */
export const fileVerdictSchema = z.enum([
  'sound',
  'changed',
  'unknown-key',
  'unsigned',
  'unreadable',
]);
export type FileVerdict = z.infer<typeof fileVerdictSchema>;

export const verifiedFileSchema = z.object({
  verdict: fileVerdictSchema,
  file: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  /** Where the signature was looked for. */
  signatureFile: z.string(),
  /** The signature's; null: there is none to read. */
  keyId: z.string().nullable(),
  /** `own`: the shop's; `given`: the one that was named; `trusted`: listed among the preferences. */
  key: z.enum(['own', 'given', 'trusted']).nullable(),
  /** Of a sound one: when, and what the file was called then; null: it does not say. */
  signedUtc: utcSchema.nullable(),
  signedName: z.string().nullable(),
});
export type VerifiedFile = z.infer<typeof verifiedFileSchema>;

export const shopRequests = {
  readShop: { params: z.object({}), progress: z.never(), result: shopSchema },
  /**
   * What is not given stays. A logo is a JPEG or PNG. Faults: those of a photo, and
   * `logo-too-large`.
   */
  writeShop: {
    params: z.object({
      name: z.string().max(maxShopNameCharacters).nullable().optional(),
      logo: z.object({ fileId: fileIdSchema }).nullable().optional(),
      signs: z.boolean().optional(),
    }),
    progress: z.never(),
    result: shopSchema,
  },
  /** Makes the key, once; where there is one it stays. Faults: `shop-key-damaged`, `disk-full`, `data-folder-unwritable`. */
  makeShopKey: { params: z.object({}), progress: z.never(), result: shopSchema },
  /** The public key as minisign's file, to hand out. Faults: `shop-key-missing`, `shop-key-damaged`. */
  exportShopKey: {
    params: z.object({}),
    progress: z.never(),
    result: z.object({ text: z.string(), suggestedName: z.string() }),
  },
  /**
   * Looks whether a file is what was signed; `NAME.minisig` beside it where no signature is given,
   * and the other way round where a signature is given as the file. `keyFileId`, `publicKey`: whose
   * it should be, besides the shop's own. Faults: `file-missing`, `file-unreadable`,
   * `public-key-unreadable`.
   */
  verifyFile: {
    params: z.object({
      fileId: fileIdSchema,
      signatureFileId: fileIdSchema.nullable().default(null),
      keyFileId: fileIdSchema.nullable().default(null),
      publicKey: z.string().max(4_096).nullable().default(null),
    }),
    progress: z.never(),
    result: verifiedFileSchema,
  },
};
