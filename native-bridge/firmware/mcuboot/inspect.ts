/**
 * Says everything about an MCUboot image without a terminal: what it is, whether its bytes are
 * whole, who signed it, and whether it may go onto this terminal. Pure: bytes and demands in, an
 * inspection out. Every reason against it is listed; none means good. An encrypted image cannot
 * be verified here: its hash is that of the plain text.
 */
import { createHash } from 'node:crypto';
import type { Fault } from '../../contract/fault.ts';
import type { ImageInspection } from '../../contract/image.ts';
import { FirmwareError, malformed } from '../firmware-error.ts';
import { readVendorKey, type VendorKey } from '../vendor-key.ts';
import { compareVersions, formatVersion } from './version.ts';
import { encryptedFlags, namesOfFlags, readHeader, type ImageHeader } from './header.ts';
import {
  checkSignatures,
  describeSignature,
  type HashAlgorithm,
  type SignedImage,
} from './signature.ts';
import { readDependencies, readSecurityCounter } from './protected-values.ts';
import { isEncryptionKey, nameOfTlv, tlvTypes } from './tlv-types.ts';
import { readTlvAreas, type Tlv, type TlvAreas } from './tlvs.ts';

export interface Demands {
  /** The vendor's public keys, PEM. */
  readonly keys: readonly { readonly name: string; readonly pem: string }[];
  /** False: an unsigned image is good; a signed one is checked wherever there are keys. */
  readonly signatureRequired: boolean;
  /** null: not known, not checked. */
  readonly slotSizeBytes: number | null;
  /** null, or no version at all: not checked. */
  readonly installedVersion: string | null;
  /** True: an older image is no reason against it. */
  readonly allowOlder: boolean;
}

/** Throws FirmwareError `key-unreadable` and nothing else, whatever the bytes are. */
export function inspectImage(bytes: Uint8Array, demands: Demands): ImageInspection {
  const keys = demands.keys.map(({ name, pem }) => readVendorKey(name, pem));
  const inspection: ImageInspection = {
    format: 'mcuboot',
    verdict: 'refused',
    faults: [],
    sizeBytes: bytes.length,
    fileSha256: createHash('sha256').update(bytes).digest('hex'),
    version: null,
    imageHash: null,
    hashAlgorithm: null,
    signature: { algorithm: null, state: 'not-checked', keyName: null, keyHash: null },
    securityCounter: null,
    dependencies: [],
    headerSizeBytes: null,
    payloadSizeBytes: null,
    loadAddress: null,
    flags: [],
    tlvs: [],
  };
  try {
    inspect(bytes, demands, keys, inspection);
  } catch (error) {
    if (!(error instanceof FirmwareError)) throw error;
    inspection.faults.unshift(error.fault);
  }
  inspection.verdict = verdictOf(inspection.faults);
  return inspection;
}

/** Fills the inspection as far as the file can be read; throws where it cannot go on. */
function inspect(
  bytes: Uint8Array,
  demands: Demands,
  keys: readonly VendorKey[],
  inspection: ImageInspection,
): void {
  const header = readHeader(bytes);
  inspection.version = formatVersion(header.version);
  inspection.headerSizeBytes = header.headerSizeBytes;
  inspection.payloadSizeBytes = header.payloadSizeBytes;
  inspection.loadAddress = header.loadAddress;
  inspection.flags = namesOfFlags(header.flagBits);
  inspection.faults.push(...faultsOfPlace(bytes, inspection.version, demands));

  const areas = readTlvAreas(bytes, header);
  inspection.tlvs = areas.tlvs.map((tlv) => ({
    type: `0x${tlv.type.toString(16).padStart(4, '0')}`,
    name: nameOfTlv(tlv.type),
    lengthBytes: tlv.data.length,
    protected: tlv.protected,
  }));
  inspection.securityCounter = readSecurityCounter(areas.tlvs);
  inspection.dependencies = readDependencies(areas.tlvs);
  refuseDataAfter(bytes, areas.endBytes);

  const { algorithm, tlv } = findHash(areas);
  inspection.hashAlgorithm = algorithm;
  inspection.imageHash = hex(tlv.data);
  inspection.signature = describeSignature(areas.tlvs, algorithm);
  if (isEncrypted(header, areas)) throw new FirmwareError('image-encrypted');

  const covered = bytes.subarray(0, areas.coveredBytes);
  const digest = createHash(algorithm).update(covered).digest();
  if (!digest.equals(tlv.data)) {
    const facts = { expected: inspection.imageHash, found: hex(digest) };
    throw new FirmwareError('image-hash-wrong', facts);
  }
  const image = { tlvs: areas.tlvs, covered, digest, hashAlgorithm: algorithm };
  checkSignature(image, demands, keys, inspection);
}

function checkSignature(
  image: SignedImage,
  demands: Demands,
  keys: readonly VendorKey[],
  inspection: ImageInspection,
): void {
  const signature = checkSignatures(image, keys);
  inspection.signature = signature;
  switch (signature.state) {
    case 'valid':
      return;
    case 'wrong':
      throw new FirmwareError('image-signature-wrong', { key: signature.keyName ?? '' });
    case 'unsigned':
      if (demands.signatureRequired) throw new FirmwareError('image-unsigned');
      return;
    case 'not-checked':
      // No keys to check with: good enough only where nobody asks for a signature.
      if (!demands.signatureRequired) return;
      signature.state = 'unknown-key';
      throw keyUnknown(signature.keyHash);
    case 'unknown-key':
      throw keyUnknown(signature.keyHash);
  }
}

function keyUnknown(keyHash: string | null): FirmwareError {
  return new FirmwareError('image-key-unknown', { keyHash: keyHash ?? '' });
}

/** Reasons that lie in where the image is to go. */
function faultsOfPlace(bytes: Uint8Array, version: string, demands: Demands): Fault[] {
  const faults: Fault[] = [];
  const { slotSizeBytes, installedVersion, allowOlder } = demands;
  if (slotSizeBytes !== null && bytes.length > slotSizeBytes) {
    const facts = { sizeBytes: bytes.length, maxBytes: slotSizeBytes };
    faults.push(new FirmwareError('image-too-large', facts).fault);
  }
  if (installedVersion !== null && !allowOlder) {
    const facts = { version, installed: installedVersion };
    if (compareVersions(version, installedVersion) < 0)
      faults.push(new FirmwareError('image-older', facts).fault);
  }
  return faults;
}

const hashTypes = new Map<number, { algorithm: HashAlgorithm; lengthBytes: number }>([
  [tlvTypes.sha256, { algorithm: 'sha256', lengthBytes: 32 }],
  [tlvTypes.sha384, { algorithm: 'sha384', lengthBytes: 48 }],
  [tlvTypes.sha512, { algorithm: 'sha512', lengthBytes: 64 }],
]);

/** The one hash TLV; it cannot stand in the area it covers. */
function findHash({ tlvs, endBytes }: TlvAreas): { algorithm: HashAlgorithm; tlv: Tlv } {
  const [tlv, second] = tlvs.filter(
    ({ type, protected: inside }) => hashTypes.has(type) && !inside,
  );
  const known = tlv && hashTypes.get(tlv.type);
  if (!known) throw malformed('no-hash', endBytes);
  // The boot loader holds every hash of this kind against the image, and none can be its own part.
  const covered = tlvs.find((other) => other.type === tlv.type && other.protected);
  const twice = second ?? covered;
  if (twice) throw malformed('tlv-twice', twice.offsetBytes);
  if (tlv.data.length !== known.lengthBytes) throw malformed('tlv-length', tlv.offsetBytes);
  return { algorithm: known.algorithm, tlv };
}

/** Without its key an image that calls itself encrypted could never be started. */
function isEncrypted(header: ImageHeader, { tlvs, endBytes }: TlvAreas): boolean {
  const flagged = (header.flagBits & encryptedFlags) !== 0;
  if (flagged && !tlvs.some(({ type }) => isEncryptionKey(type))) {
    throw malformed('no-encryption-key', endBytes);
  }
  return flagged;
}

/** Padding with erased flash (0xff) is harmless; anything else is covered by no hash. */
function refuseDataAfter(bytes: Uint8Array, endBytes: number): void {
  for (let at = endBytes; at < bytes.length; at++) {
    if (bytes[at] !== 0xff) throw malformed('data-after-end', at);
  }
}

function verdictOf(faults: readonly Fault[]): ImageInspection['verdict'] {
  if (faults.length === 0) return 'good';
  const encryptedOnly = faults.every(({ code }) => code === 'image-encrypted');
  return encryptedOnly ? 'cannot-verify' : 'refused';
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
