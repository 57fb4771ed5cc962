/**
 * Keys that come with a profile not shipped with the program count only after their fingerprint was
 * accepted (design, "Profiles are untrusted data"). Whoever chose the image may have made the key.
 */
import { createHash, createPublicKey } from 'node:crypto';
import type { ImageInspection } from '../../contract/firmware.ts';
import { shippedProfiles } from '../../terminals/catalogue.ts';
import type { Profile } from '../../terminals/profile.ts';

/** SHA-256 of the key's SubjectPublicKeyInfo, hex: what `openssl pkey -pubin -outform DER | sha256sum` prints. */
export function fingerprintOf(pem: string): string {
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

/** The key that verified the image, where only a profile from elsewhere vouches for it; else null. */
export function unacceptedKey(
  { signature }: ImageInspection,
  profile: Profile,
): { name: string; fingerprint: string } | null {
  if (profile.shipped || signature.state !== 'valid') return null;
  const key = profile.firmware?.keys.find(({ name }) => name === signature.keyName);
  // A key that was given with the image was chosen by the technician.
  if (!key) return null;
  const fingerprint = fingerprintOf(key.pem);
  const shipped = shippedProfiles().flatMap(({ firmware }) => firmware?.keys ?? []);
  if (shipped.some(({ pem }) => fingerprintOf(pem) === fingerprint)) return null;
  return { name: key.name, fingerprint };
}
