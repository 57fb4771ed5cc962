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

interface Named {
  readonly name: string;
  readonly pem: string;
}

const byKey = ({ name, pem }: Named): Vouching => ({ name, fingerprint: fingerprintOf(pem) });

/** What the profile verifies files of this format with. */
function vouching({ firmware }: Profile, format: ImageInspection['format']): Vouching[] {
  const { keys = [], certificates = [], fastboot } = firmware ?? {};
  switch (format) {
    case 'mcuboot':
      return keys.map(byKey);
    case 'android-factory':
      return (fastboot?.keys ?? []).map(byKey);
    case 'android-ota':
      return certificates.map(({ name, pem }) => ({
        name,
        fingerprint: certificateFingerprint(pem),
      }));
  }
}

/**
 * The key that verified the image, where only a profile from elsewhere vouches for it; else null.
 * `trusted`: fingerprints of keys that this bench trusts.
 */
function unacceptedKey(
  { format, signature }: ImageInspection,
  profile: Profile,
  trusted: ReadonlySet<string>,
): Vouching | null {
  if (profile.shipped || signature.state !== 'valid') return null;
  const shipped = shippedProfiles().flatMap((each) => vouching(each, format));
  const accepted = new Set([...trusted, ...shipped.map(({ fingerprint }) => fingerprint)]);
  // A key of no such name was given with the image: the technician chose it.
  const named = vouching(profile, format).filter(({ name }) => name === signature.keyName);
  return named.find(({ fingerprint }) => !accepted.has(fingerprint)) ?? null;
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
