/** Which build a system image holds: its `build.prop`, as text somewhere in it. */
import type { Firmware } from '../models/model.ts';

/** Null: none is named. */
export function buildInImage(image: Buffer, now: Firmware): Firmware | null {
  const fingerprint = property(image, 'ro.build.fingerprint');
  const match = /:(?<release>[^/:]+)\/(?<id>[^/]+)\/(?<incremental>[^:]+):/.exec(fingerprint ?? '');
  if (fingerprint === null || match?.groups === undefined) return null;
  const { release = '', id = '', incremental = '' } = match.groups;
  return {
    release,
    sdk: Number(property(image, 'ro.build.version.sdk') ?? now.sdk),
    buildId: id,
    incremental,
    securityPatch: property(image, 'ro.build.version.security_patch') ?? now.securityPatch,
    builtUtcS: Number(property(image, 'ro.build.date.utc') ?? now.builtUtcS),
    vendorVersion: property(image, 'ro.vendor.version') ?? incremental,
    fingerprint,
  };
}

function property(image: Buffer, name: string): string | null {
  const at = image.indexOf(`${name}=`);
  if (at < 0) return null;
  const from = at + name.length + 1;
  const line = image.toString('latin1', from, from + 256);
  return /^[\x20-\x7e]*/.exec(line)?.[0] ?? null;
}
