/** The shop's key pair: made once, on demand, in the data folder, for its owner's eyes only. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../make-folder.ts';
import { writeFirstFile } from '../whole-file.ts';
import { publicKeyOf, readSecretKey, secretKeyText, type SecretKey } from './minisign.ts';

export const shopKeyFile = (dataFolder: string): string =>
  join(dataFolder, 'shop-key', 'minisign.key');

/** null: none was made. `damaged`: there is a file, and no key can be read from it. */
export async function loadShopKey(dataFolder: string): Promise<SecretKey | 'damaged' | null> {
  let text: string;
  try {
    text = await readFile(shopKeyFile(dataFolder), 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : 'damaged';
  }
  return readSecretKey(text) ?? 'damaged';
}

/** Where there is one already it stays. Rejects with the file system's error. */
export async function createShopKey(dataFolder: string): Promise<void> {
  const seed = randomBytes(32);
  const key = { keyId: randomBytes(8), seed, bytes: publicKeyOf(seed) };
  const file = shopKeyFile(dataFolder);
  makeFolder(dirname(file));
  await writeFirstFile(file, secretKeyText(key), 0o600);
}
