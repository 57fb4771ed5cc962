/** Whether a file is what was signed: with the shop's key, or one that was named. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Params, Result } from '../../contract/requests.ts';
import {
  digestOf,
  isSound,
  keyIdText,
  readPublicKey,
  readSignature,
  type PublicKey,
  type Signature,
} from '../../records/signing/minisign.ts';
import { loadShopKey } from '../../records/signing/shop-key.ts';
import { cleanText } from '../../wording/index.ts';
import type { Context } from '../context.ts';
import { trustedShopKeys } from '../trusted-keys.ts';

const suffix = '.minisig';
/** Comments may be long; a signature's file is not. */
const maxSignatureBytes = 64 * 1024;
/** An older signature is of the file itself, which has to be in memory as a whole. */
const maxWholeBytes = 256 * 1024 * 1024;

type Needed = Pick<Context, 'records' | 'files' | 'trustedKeys'>;
interface Known {
  readonly key: PublicKey;
  readonly whose: 'own' | 'given' | 'trusted';
}

/** Throws as the contract says. */
export async function verifyFile(
  context: Needed,
  params: Params<'verifyFile'>,
  abort: AbortSignal,
): Promise<Result<'verifyFile'>> {
  const { path, signaturePath } = placesOf(context, params);
  const known = await knownKeys(context, params);
  const content = await contentOf(path, abort);
  const found = {
    file: basename(path),
    sizeBytes: content.sizeBytes,
    sha256: content.sha256,
    signatureFile: basename(signaturePath),
    ...{ keyId: null, key: null, signedUtc: null, signedName: null },
  };
  const text = await smallText(signaturePath);
  if (text === null) return { ...found, verdict: 'unsigned' };
  const signature = readSignature(text);
  if (signature === null) return { ...found, verdict: 'unreadable' };
  const keyId = keyIdText(signature.keyId);
  const by = known.find(({ key }) => key.keyId.equals(signature.keyId));
  if (by === undefined) return { ...found, keyId, verdict: 'unknown-key' };
  const whole = signature.hashed ? content.digest : await wholeFile(path, content.sizeBytes);
  if (!isSound(signature, by.key, whole)) {
    return { ...found, keyId, key: by.whose, verdict: 'changed' };
  }
  return { ...found, keyId, key: by.whose, verdict: 'sound', ...said(signature) };
}

/** Whichever of the two was dropped. */
function placesOf({ files }: Needed, { fileId, signatureFileId }: Params<'verifyFile'>) {
  const path = files.path(fileId);
  if (signatureFileId !== null) return { path, signaturePath: files.path(signatureFileId) };
  if (!path.toLowerCase().endsWith(suffix)) return { path, signaturePath: `${path}${suffix}` };
  return { path: path.slice(0, -suffix.length), signaturePath: path };
}

async function knownKeys(
  context: Needed,
  { keyFileId, publicKey }: Params<'verifyFile'>,
): Promise<Known[]> {
  const { records, files } = context;
  const known: Known[] = [];
  const file = keyFileId === null ? null : files.path(keyFileId);
  const texts = [publicKey, file === null ? null : await smallText(file)];
  if (publicKey !== null || file !== null) {
    const keys = texts.flatMap((text) => (text === null ? [] : (readPublicKey(text) ?? [])));
    if (keys.length === 0) {
      throw new BridgeFault('public-key-unreadable', file === null ? {} : { file: basename(file) });
    }
    known.push(...keys.map((key) => ({ key, whose: 'given' as const })));
  }
  const own = await loadShopKey(records.dataFolder);
  if (own !== null && own !== 'damaged') known.push({ key: own, whose: 'own' });
  const trusted = await trustedShopKeys(context);
  known.push(...trusted.map((key) => ({ key, whose: 'trusted' as const })));
  return known;
}

interface Content {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly digest: Uint8Array;
}

async function contentOf(path: string, abort: AbortSignal): Promise<Content> {
  const file = basename(path);
  const digest = digestOf();
  const sha256 = createHash('sha256');
  let sizeBytes = 0;
  try {
    // A pipe that nobody writes to would be waited for without end.
    if (!(await stat(path)).isFile()) throw new BridgeFault('file-unreadable', { file });
    for await (const chunk of createReadStream(path, { signal: abort })) {
      const part = chunk as Buffer;
      digest.update(part);
      sha256.update(part);
      sizeBytes += part.length;
    }
  } catch (cause) {
    abort.throwIfAborted();
    if (cause instanceof BridgeFault) throw cause;
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new BridgeFault(missing ? 'file-missing' : 'file-unreadable', { file }, { cause });
  }
  return { sizeBytes, sha256: sha256.digest('hex'), digest: digest.digest() };
}

async function wholeFile(path: string, sizeBytes: number): Promise<Buffer> {
  if (sizeBytes > maxWholeBytes) {
    throw new BridgeFault('file-too-large', {
      file: basename(path),
      sizeBytes,
      maxBytes: maxWholeBytes,
    });
  }
  return await readFile(path);
}

/** null: not there; empty where it can't be what is looked for. */
async function smallText(path: string): Promise<string | null> {
  try {
    const info = await stat(path);
    return info.isFile() && info.size <= maxSignatureBytes ? await readFile(path, 'utf8') : '';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : '';
  }
}

/** What minisign and this program write in the comment; another one says nothing here. */
function said({ trustedComment }: Signature) {
  const seconds = Number(/^timestamp:(\d{1,12})\b/.exec(trustedComment)?.[1] ?? NaN);
  const name = /\tfile:([^\t]+)/.exec(trustedComment)?.[1];
  const at = new Date(seconds * 1000);
  return {
    signedUtc: Number.isNaN(at.getTime()) ? null : at.toISOString(),
    signedName: name === undefined ? null : cleanText(name, 255),
  };
}
