/**
 * Says everything about an update package without a terminal: what it is for, whether its bytes are
 * whole, who signed it. Reads it once from end to end and keeps none of it. Every reason against it
 * is listed; none means good. What speaks against it on one terminal is judge-ota.ts's.
 */
import { createHash, type Hash } from 'node:crypto';
import type { Fault } from '../../contract/fault.ts';
import { FirmwareError, packageMalformed } from '../firmware-error.ts';
import type { RandomAccess } from '../random-access.ts';
import { feed, type FileProgress, type Listener } from '../streaming.ts';
import type { VendorCertificate } from '../vendor-certificate.ts';
import { ZipArchive } from '../zip/zip-archive.ts';
import { parseOtaMetadata, type OtaMetadata } from './metadata.ts';
import {
  parsePayloadProperties,
  payloadHeaderBytes,
  readPayloadHeader,
  type PayloadHeader,
  type PayloadProperties,
} from './payload.ts';
import { prepareSignatureCheck, type OtaSignature } from './signature.ts';
import { scriptDemands, type ScriptDemand } from './updater-script.ts';

export interface OtaPayload extends PayloadHeader {
  readonly offsetBytes: number;
  readonly sizeBytes: number;
  /** It stands where the metadata tells streaming clients; null: the metadata tells nothing. */
  readonly whereTold: boolean | null;
}

export interface OtaInspection {
  readonly format: 'android-ota';
  readonly verdict: 'good' | 'refused';
  readonly faults: readonly Fault[];
  readonly sizeBytes: number;
  /** SHA-256 of the whole file, hex. */
  readonly fileSha256: string;
  /** What recovery would run: a payload for slots, an updater's script; null: nothing. */
  readonly content: 'payload' | 'script' | null;
  readonly metadata: OtaMetadata | null;
  readonly payload: OtaPayload | null;
  readonly scriptDemands: readonly ScriptDemand[];
  readonly signature: OtaSignature;
}

const metadataName = 'META-INF/com/android/metadata';
const scriptName = 'META-INF/com/google/android/updater-script';
const updaterName = 'META-INF/com/google/android/update-binary';
const payloadName = 'payload.bin';
const propertiesName = 'payload_properties.txt';
const maxMetadataBytes = 256 * 1024;
const maxScriptBytes = 4 * 1024 * 1024;

interface Contents {
  content: OtaInspection['content'];
  metadata: OtaMetadata | null;
  payload: OtaPayload | null;
  properties: PayloadProperties | null;
  scriptDemands: readonly ScriptDemand[];
}

/** Whether a zip is such a package at all, as its directory tells. */
export function isOtaZip(zip: ZipArchive): boolean {
  return zip.entries.has(metadataName);
}

/**
 * Progress while it reads, the inspection at the end. Throws FirmwareError `file-changed`,
 * `file-unreadable`; what is wrong with the package is in the result.
 */
export async function* inspectOta(
  file: RandomAccess,
  certificates: readonly VendorCertificate[],
): AsyncGenerator<FileProgress, OtaInspection, void> {
  const faults: Fault[] = [];
  const contents: Contents = {
    content: null,
    metadata: null,
    payload: null,
    properties: null,
    scriptDemands: [],
  };
  await readContents(file, contents).catch((error: unknown) => {
    const isOurs = error instanceof FirmwareError && error.code === 'package-malformed';
    if (!isOurs) throw error;
    faults.push(error.fault);
  });
  const { properties, ...found } = contents;
  const signing = await prepareSignatureCheck(file, certificates);
  const whole = listener(0, file.sizeBytes);
  const ofPayload = properties && found.payload ? hashesOf(found.payload) : null;
  yield* feed(file, [whole, ...signing.listeners, ...Object.values(ofPayload ?? {})]);
  if (properties && ofPayload) faults.push(...hashFaults(properties, ofPayload));
  const signature = signing.result();
  faults.push(...signatureFaults(signature));
  return {
    format: 'android-ota',
    verdict: faults.length === 0 ? 'good' : 'refused',
    faults,
    sizeBytes: file.sizeBytes,
    fileSha256: whole.sink.digest('hex'),
    ...found,
    signature,
  };
}

/** Fills in what can be read; throws where it cannot go on. */
async function readContents(file: RandomAccess, contents: Contents): Promise<void> {
  const zip = await ZipArchive.open(file);
  if (!zip.entries.has(metadataName)) throw packageMalformed('no-metadata');
  contents.metadata = parseOtaMetadata(await textOf(zip, metadataName, maxMetadataBytes));
  if (contents.metadata === null) throw packageMalformed('no-metadata');
  if (zip.entries.has(payloadName)) {
    contents.content = 'payload';
    contents.payload = await readPayload(zip, contents.metadata);
    const properties = parsePayloadProperties(await textOf(zip, propertiesName, maxMetadataBytes));
    checkSizes(properties, contents.payload);
    contents.properties = properties;
  } else if (zip.entries.has(updaterName)) {
    contents.content = 'script';
    if (!zip.entries.has(scriptName)) return;
    contents.scriptDemands = scriptDemands(await textOf(zip, scriptName, maxScriptBytes));
  } else {
    throw packageMalformed('no-updater');
  }
}

async function readPayload(zip: ZipArchive, { propertyFiles }: OtaMetadata): Promise<OtaPayload> {
  const payload = await zip.storedFile(payloadName);
  const { sizeBytes } = payload;
  const head = await payload.read(0, Math.min(payloadHeaderBytes, sizeBytes));
  const offsetBytes = await zip.dataOffset(payloadName);
  const told = propertyFiles.get(payloadName);
  const whereTold = told ? told.offsetBytes === offsetBytes && told.sizeBytes === sizeBytes : null;
  return { ...readPayloadHeader(head, sizeBytes), offsetBytes, sizeBytes, whereTold };
}

function checkSizes(properties: PayloadProperties, payload: OtaPayload): void {
  const agree =
    properties.fileBytes === payload.sizeBytes &&
    properties.metadataBytes === payload.metadataBytes;
  if (!agree) throw packageMalformed('payload-properties');
}

async function textOf(zip: ZipArchive, name: string, maxBytes: number): Promise<string> {
  return new TextDecoder().decode(await zip.read(name, maxBytes));
}

interface HashListener extends Listener {
  readonly sink: Hash;
}

function listener(startBytes: number, endBytes: number): HashListener {
  return { startBytes, endBytes, sink: createHash('sha256') };
}

function hashesOf({ offsetBytes, sizeBytes, metadataBytes }: OtaPayload) {
  return {
    file: listener(offsetBytes, offsetBytes + sizeBytes),
    metadata: listener(offsetBytes, offsetBytes + metadataBytes),
  };
}

function hashFaults(
  properties: PayloadProperties,
  listeners: { readonly file: HashListener; readonly metadata: HashListener },
): Fault[] {
  const pairs = [
    [listeners.file.sink.digest('hex'), properties.fileHash],
    [listeners.metadata.sink.digest('hex'), properties.metadataHash],
  ] as const;
  return pairs
    .filter(([found, expected]) => found !== expected)
    .map(([found, expected]) => new FirmwareError('image-hash-wrong', { found, expected }).fault);
}

function signatureFaults({ state, signer, keyName, problem }: OtaSignature): Fault[] {
  switch (state) {
    case 'valid':
      return [];
    case 'unsigned':
      return [new FirmwareError('image-unsigned').fault];
    case 'unknown-key':
      return [new FirmwareError('image-key-unknown', { keyHash: signer ?? '' }).fault];
    case 'wrong': {
      const facts = { key: keyName ?? '', problem: problem ?? '' };
      return [new FirmwareError('image-signature-wrong', facts).fault];
    }
  }
}
