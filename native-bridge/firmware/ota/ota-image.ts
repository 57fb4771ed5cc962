/** An update package in the words that every kind of firmware is shown in. */
import type { ImageInspection, OtaFacts } from '../../contract/image.ts';
import { buildFor, buildName } from './build.ts';
import type { OtaInspection } from './inspect-ota.ts';
import type { OtaMetadata } from './metadata.ts';
import type { OtaSignature } from './signature.ts';

/** `devices`: the terminal's names for its model; none where no terminal was asked. */
export function imageOfOta(
  { metadata, signature, payload, ...found }: OtaInspection,
  devices: readonly string[],
): ImageInspection {
  const { verdict, faults, sizeBytes, fileSha256, content } = found;
  const build = metadata && buildFor(metadata.after.fingerprints, devices);
  const incremental = metadata?.after.incremental ?? null;
  return {
    format: 'android-ota',
    verdict,
    faults: [...faults],
    sizeBytes,
    fileSha256,
    version: (build === null ? null : buildName(build)) ?? incremental ?? build,
    imageHash: build,
    hashAlgorithm: null,
    signature: signatureOf(signature),
    securityCounter: null,
    dependencies: [],
    headerSizeBytes: null,
    payloadSizeBytes: payload?.sizeBytes ?? null,
    loadAddress: null,
    flags: [],
    tlvs: [],
    ...(metadata && { ota: factsOf(metadata, content) }),
  };
}

function signatureOf({
  state,
  keyName,
  signer,
  kind,
  digest,
}: OtaSignature): ImageInspection['signature'] {
  const algorithm = kind === null || digest === null ? null : (`${kind}-${digest}` as const);
  return { algorithm, state, keyName, keyHash: signer };
}

function factsOf(metadata: OtaMetadata, content: OtaInspection['content']): OtaFacts {
  const { after, before, devices, serialNumbers, wipes, downgrade } = metadata;
  return {
    content,
    devices: [...devices],
    serialNumbers: serialNumbers.length,
    fingerprints: [...after.fingerprints],
    from: before && (before.fingerprints[0] ?? before.incremental),
    builtUtc: utcOf(after.timestampSeconds),
    securityPatch: after.securityPatch,
    wipes,
    downgrade,
  };
}

function utcOf(seconds: number | null): string | null {
  if (seconds === null) return null;
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
