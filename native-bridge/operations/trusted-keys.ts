/** Keys that this bench trusts besides those that the profiles name. */
import { createHash } from 'node:crypto';
import type { Params, Result } from '../contract/requests.ts';
import type { TrustedKey } from '../contract/trusted-keys.ts';
import { readVbmetaKey, type VbmetaKey } from '../firmware/avb/key.ts';
import { readKeyText } from '../firmware/files.ts';
import { FirmwareError } from '../firmware/firmware-error.ts';
import { readVendorCertificate, type VendorCertificate } from '../firmware/vendor-certificate.ts';
import { readVendorKey } from '../firmware/vendor-key.ts';
import { keyIdText, readPublicKey, type PublicKey } from '../records/signing/minisign.ts';
import { cleanText } from '../wording/index.ts';
import type { Context } from './context.ts';
import { certificateFingerprint, fingerprintOf } from './flash/accepted-keys.ts';

type Needed = Pick<Context, 'trustedKeys'>;

export async function listTrustedKeys({ trustedKeys }: Needed): Promise<Result<'listTrustedKeys'>> {
  return { keys: [...(await trustedKeys.list())] };
}

/** Throws as the contract says. */
export async function trustKey(
  context: Needed & Pick<Context, 'files'>,
  params: Params<'trustKey'>,
): Promise<Result<'trustKey'>> {
  const { name, text } =
    'key' in params ? params.key : await readKeyText(context.files.path(params.fileId));
  const fresh: TrustedKey = {
    ...recognised(name, text),
    name: cleanText(name, 255),
    text,
    sinceUtc: new Date().toISOString(),
  };
  const keys = await context.trustedKeys.change((known) =>
    known.some(({ fingerprint }) => fingerprint === fresh.fingerprint) ? known : [...known, fresh],
  );
  return { keys: [...keys] };
}

export async function distrustKey(
  context: Needed,
  { fingerprint }: Params<'distrustKey'>,
): Promise<Result<'distrustKey'>> {
  const keys = await context.trustedKeys.change((known) =>
    known.filter((one) => one.fingerprint !== fingerprint),
  );
  return { keys: [...keys] };
}

/** Throws FirmwareError `key-unreadable`, which says why. */
function recognised(name: string, text: string): Pick<TrustedKey, 'kind' | 'fingerprint'> {
  const shops = readPublicKey(text);
  if (shops !== null) return { kind: 'minisign', fingerprint: minisignFingerprint(shops) };
  if (text.includes('-----BEGIN CERTIFICATE-----')) {
    readVendorCertificate(name, text);
    return { kind: 'certificate', fingerprint: certificateFingerprint(text) };
  }
  // RSA of 4096 bits signs no image for MCUboot, but Android's.
  if (readable(() => readVbmetaKey(name, text)) === null) readVendorKey(name, text);
  return { kind: 'firmware', fingerprint: fingerprintOf(text) };
}

function minisignFingerprint({ keyId, bytes }: PublicKey): string {
  return `${keyIdText(keyId)} ${createHash('sha256').update(bytes).digest('hex')}`;
}

/** For images of MCUboot. */
export async function trustedImageKeys(context: Needed): Promise<{ name: string; pem: string }[]> {
  return await usable(context, (name, pem) => {
    readVendorKey(name, pem);
    return { name, pem };
  });
}

/** For Android's update packages. */
export async function trustedCertificates(context: Needed): Promise<VendorCertificate[]> {
  return await usable(context, readVendorCertificate);
}

/** For Android's factory packages. */
export async function trustedVbmetaKeys(context: Needed): Promise<VbmetaKey[]> {
  return await usable(context, readVbmetaKey);
}

/** For files that a shop signed. */
export async function trustedShopKeys({ trustedKeys }: Needed): Promise<PublicKey[]> {
  return (await trustedKeys.list()).flatMap(({ text }) => readPublicKey(text) ?? []);
}

export async function trustedFingerprints({ trustedKeys }: Needed): Promise<ReadonlySet<string>> {
  return new Set((await trustedKeys.list()).map(({ fingerprint }) => fingerprint));
}

/** Those that are of the kind that `read` takes. */
async function usable<T>(
  { trustedKeys }: Needed,
  read: (name: string, pem: string) => T,
): Promise<T[]> {
  const keys = await trustedKeys.list();
  return keys.flatMap(({ name, text }) => readable(() => read(name, text)) ?? []);
}

function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof FirmwareError) return null;
    throw error;
  }
}
