/** The shop's name and logo, as one preference: together or not at all. */
import { z } from 'zod';
import type { Shop } from '../contract/shop.ts';
import type { Records } from './types.ts';

const key = 'shop';

const storedSchema = z.object({
  name: z.string().nullable(),
  logo: z
    .object({
      mediaType: z.enum(['image/jpeg', 'image/png']),
      widthPixels: z.number().int(),
      heightPixels: z.number().int(),
      base64: z.string(),
    })
    .nullable(),
  signs: z.boolean(),
});

export type ShopIdentity = Omit<Shop, 'key'>;

export const nobody: ShopIdentity = { name: null, logo: null, signs: true };

/** What can't be read counts as not given: a report must not wait for a logo. */
export async function readIdentity(records: Pick<Records, 'getPreference'>): Promise<ShopIdentity> {
  const text = await records.getPreference(key);
  if (text === null) return nobody;
  const stored = storedSchema.safeParse(json(text));
  if (!stored.success) return nobody;
  const { logo, ...rest } = stored.data;
  if (logo === null) return { ...rest, logo };
  const { base64, ...size } = logo;
  return { ...rest, logo: { ...size, bytes: new Uint8Array(Buffer.from(base64, 'base64')) } };
}

export async function writeIdentity(
  records: Pick<Records, 'setPreference'>,
  { name, logo, signs }: ShopIdentity,
): Promise<void> {
  const kept =
    logo === null
      ? null
      : {
          mediaType: logo.mediaType,
          widthPixels: logo.widthPixels,
          heightPixels: logo.heightPixels,
          base64: Buffer.from(logo.bytes).toString('base64'),
        };
  await records.setPreference(key, JSON.stringify({ name, logo: kept, signs }));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
