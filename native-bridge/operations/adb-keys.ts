/**
 * The key pair that terminals know this computer by, in the user's data folder: made on first need,
 * then kept, because a terminal asks its user once for each key. Whoever has it can open every
 * terminal that ever said yes, so one that others can read is not used.
 */
import { createPrivateKey, generateKeyPair, randomUUID } from 'node:crypto';
import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BridgeFault } from '../contract/bridge-fault.ts';
import { makeFolder } from '../records/make-folder.ts';
import { writeFirstFile } from '../records/whole-file.ts';
import type { AdbKeys } from '../sessions/adb/keys.ts';

const OTHERS = 0o077;

/** `<dataFolder>/adb/adbkey`: PKCS#8 as PEM, mode 600 in a folder of mode 700. */
export function adbKeysIn(dataFolder: string): AdbKeys {
  const folder = join(dataFolder, 'adb');
  let key: Promise<Uint8Array> | null = null;
  return {
    name: `pos-bench@${hostname().replace(/[^\w.-]/g, '-')}`,
    privateKey: () => {
      key ??= readOrMake(folder);
      // The next one may find it put right.
      key.catch(() => (key = null));
      return key;
    },
  };
}

/** @throws BridgeFault `adb-key-exposed`, `adb-key-unguarded`, `file-unreadable`, `data-folder-unwritable` */
async function readOrMake(folder: string): Promise<Uint8Array> {
  const file = join(folder, 'adbkey');
  const pem = await readOwn(folder, file);
  if (pem !== null) return derOf(pem, file);
  await make(folder, file);
  // Another program may have been first: terminals know one key of this computer.
  return derOf((await readOwn(folder, file)) ?? '', file);
}

function derOf(pem: string, file: string): Uint8Array {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.modulusLength !== 2048)
      throw new Error('no RSA key of 2048 bits');
    return key.export({ type: 'pkcs8', format: 'der' });
  } catch (cause) {
    throw new BridgeFault('file-unreadable', { file }, { cause });
  }
}

/** Null where there is none yet. */
async function readOwn(folder: string, file: string): Promise<string | null> {
  try {
    if (await isOpenToOthers(file)) {
      if (await losesModes(folder)) throw new BridgeFault('adb-key-unguarded', { folder });
      throw new BridgeFault('adb-key-exposed', { file });
    }
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    if (cause instanceof BridgeFault) throw cause;
    throw new BridgeFault('file-unreadable', { file }, { cause });
  }
}

/** Windows keeps a user's folders from others by itself and has no such modes. */
async function isOpenToOthers(file: string): Promise<boolean> {
  return process.platform !== 'win32' && ((await stat(file)).mode & OTHERS) !== 0;
}

/**
 * Of a file system without permissions (FAT, some shares): every file has the mode that it was mounted
 * with, whatever it was made with. Seen on a file that is empty and gone again.
 */
async function losesModes(folder: string): Promise<boolean> {
  const probe = join(folder, `adbkey.${randomUUID()}.new`);
  try {
    await writeFile(probe, '', { mode: 0o600, flag: 'wx' });
    return await isOpenToOthers(probe);
  } catch {
    return false;
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

async function make(folder: string, file: string): Promise<void> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  try {
    makeFolder(folder);
    if (await losesModes(folder)) throw new BridgeFault('adb-key-unguarded', { folder });
    await chmod(folder, 0o700);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await writeFirstFile(file, pem, 0o600);
  } catch (cause) {
    if (cause instanceof BridgeFault) throw cause;
    throw new BridgeFault('data-folder-unwritable', { folder }, { cause });
  }
}
