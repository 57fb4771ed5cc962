/**
 * Keys that come with a profile not shipped with the program count only after their fingerprint was
 * accepted (design, "Profiles are untrusted data"). Whoever chose the image may have made the key.
 */
import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import type { ImageInspection } from '../../contract/image.ts';
import { shippedProfiles } from '../../terminals/catalogue.ts';
import type { Profile } from '../../terminals/profile.ts';
import { blocker, type Blocker } from './blocker.ts';

/** SHA-256 of the key's SubjectPublicKeyInfo, hex: what `openssl pkey -pubin -outform DER | sha256sum` prints. */
export function fingerprintOf(pem: string): string {
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

/** SHA-256 of the certificate, hex: what `openssl x509 -fingerprint -sha256` prints. */
export function certificateFingerprint(pem: string): string {
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
}

interface Vouching {
  readonly name: string;
  readonly fingerprint: string;
}

function vouching({ firmware }: Profile): Vouching[] {
  const { keys = [], certificates = [] } = firmware ?? {};
  return [
    ...keys.map(({ name, pem }) => ({ name, fingerprint: fingerprintOf(pem) })),
    ...certificates.map(({ name, pem }) => ({ name, fingerprint: certificateFingerprint(pem) })),
  ];
}

/**
 * The key that verified the image, where only a profile from elsewhere vouches for it; else null.
 * `trusted`: fingerprints of keys that this bench trusts.
 */
function unacceptedKey(
  { signature }: ImageInspection,
  profile: Profile,
  trusted: ReadonlySet<string>,
): Vouching | null {
  if (profile.shipped || signature.state !== 'valid') return null;
  const key = vouching(profile).find(({ name }) => name === signature.keyName);
  // A key that was given with the image was chosen by the technician.
  if (!key || trusted.has(key.fingerprint)) return null;
  const shipped = shippedProfiles().flatMap(vouching);
  return shipped.some(({ fingerprint }) => fingerprint === key.fingerprint) ? null : key;
}

export function keyBlockers(
  image: ImageInspection,
  profile: Profile,
  trusted: ReadonlySet<string>,
): Blocker[] {
  const key = unacceptedKey(image, profile, trusted);
  if (!key) return [];
  const facts = { key: key.name, fingerprint: key.fingerprint, profile: profile.name };
  return [blocker('key-unaccepted', facts, true)];
}
