/**
 * Signs what a host is about to write. The window has no request for it: it could have anything
 * signed in the shop's name; its host signs what a person chose to save.
 */
import { signatureText } from '../../records/signing/minisign.ts';
import { cleanText } from '../../wording/index.ts';
import { shopKey, type Kept } from './shop.ts';

const maxNameCharacters = 255;

/**
 * The text of `NAME.minisig`. null: the shop has no key. Throws `shop-key-damaged`.
 * The comment is minisign's own: when, which file, and that its hash was signed.
 */
export async function signFile(
  context: Kept,
  { fileName, bytes }: { readonly fileName: string; readonly bytes: Uint8Array },
): Promise<string | null> {
  const key = await shopKey(context);
  if (key === null) return null;
  const name = cleanText(fileName, maxNameCharacters);
  const seconds = Math.floor(Date.now() / 1000);
  return signatureText(bytes, key, `timestamp:${seconds}\tfile:${name}\thashed`);
}
