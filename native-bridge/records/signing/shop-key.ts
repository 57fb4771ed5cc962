/** The shop's key pair: made once, on demand, in the data folder, for its owner's eyes only. */
import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../make-folder.ts';
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
  try {
    // Of two programs that make one at once the first has it.
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(secretKeyText(key));
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
