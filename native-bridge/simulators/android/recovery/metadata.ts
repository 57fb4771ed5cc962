/** `META-INF/com/android/metadata` of an update package: lines `key=value` (AOSP, releasetools). */
import type { Device } from '../device/device.ts';
import type { Firmware } from '../models/model.ts';

export type Metadata = ReadonlyMap<string, string>;

export function parseMetadata(text: string): Metadata {
  const rows = text.split(/\r?\n/).map((line) => line.trim().split('='));
  return new Map(
    rows.filter((row) => row.length > 1).map(([key = '', ...value]) => [key, value.join('=')]),
  );
}

/** Null: nothing against it. In recovery's words. */
export function whyNot(metadata: Metadata, device: Device): string | null {
  const { model, firmware, fingerprint, faults } = device;
  const name = faults.has('sideload-wrong-model') ? 'at500' : model.device;
  const devices = (metadata.get('pre-device') ?? '').split(/[|,]/);
  if (!devices.includes(name)) {
    return `E:Package is for product ${devices.join(',')} but expected ${name}`;
  }
  const before = metadata.get('pre-build');
  if (before !== undefined && before !== fingerprint) {
    return `E:Package is for source build ${before} but expected ${fingerprint}`;
  }
  const timestamp = Number(metadata.get('post-timestamp') ?? 0);
  const older = timestamp < firmware.builtUtcS || faults.has('sideload-older-refused');
  if (older && metadata.get('ota-downgrade') !== 'yes') {
    return `E:Update package is older than the current build, expected a build newer than timestamp ${firmware.builtUtcS} but package has timestamp ${timestamp} and downgrade not allowed.`;
  }
  return null;
}

/** What is installed then; null: the package does not say. */
export function firmwareOf(metadata: Metadata, now: Firmware): Firmware | null {
  const fingerprint = metadata.get('post-build') ?? '';
  const match = /:(?<release>[^/:]+)\/(?<id>[^/]+)\/(?<incremental>[^:]+):/.exec(fingerprint);
  if (match?.groups === undefined) return null;
  const { release = '', id = '', incremental = '' } = match.groups;
  return {
    release,
    sdk: Number(metadata.get('post-sdk-level') ?? now.sdk),
    buildId: id,
    incremental,
    securityPatch: metadata.get('post-security-patch-level') ?? now.securityPatch,
    builtUtcS: Number(metadata.get('post-timestamp') ?? now.builtUtcS),
    vendorVersion: metadata.get('version_name') ?? metadata.get('ota_version') ?? incremental,
    fingerprint,
  };
}
