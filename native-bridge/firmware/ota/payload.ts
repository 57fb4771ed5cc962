/**
 * The payload of an A/B update: `payload.bin`, stored, and what `payload_properties.txt` says of it
 * (AOSP, system/update_engine: payload_consumer/payload_metadata.cc, update_metadata.proto). Header,
 * big-endian: "CrAU", version (8 bytes), size of the manifest (8), size of its signature (4, from
 * version 2 on). Properties: FILE_HASH and METADATA_HASH (SHA-256, base64), FILE_SIZE and
 * METADATA_SIZE; "metadata" is header and manifest.
 */
import { packageMalformed } from '../firmware-error.ts';

export interface PayloadHeader {
  readonly version: number;
  /** Header and manifest: what METADATA_SIZE counts. */
  readonly metadataBytes: number;
  readonly metadataSignatureBytes: number;
}

export interface PayloadProperties {
  /** SHA-256, hex. */
  readonly fileHash: string;
  readonly fileBytes: number;
  readonly metadataHash: string;
  readonly metadataBytes: number;
}

export const payloadHeaderBytes = 24;
const magic = 0x4372_4155;
/** Version 1 is Chrome OS's alone; no terminal was ever sold with it. */
const androidVersion = 2;
/** As update_engine does not say any: manifests have some megabytes, signatures some hundred bytes. */
const maxManifestBytes = 256 * 1024 * 1024;
const maxSignatureBytes = 1024 * 1024;

/** `bytes`: the first 24. Throws FirmwareError `package-malformed`. */
export function readPayloadHeader(bytes: Uint8Array, payloadBytes: number): PayloadHeader {
  if (bytes.length < payloadHeaderBytes) throw packageMalformed('payload-header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = Number(view.getBigUint64(4));
  const manifestBytes = Number(view.getBigUint64(12));
  const metadataSignatureBytes = view.getUint32(20);
  const metadataBytes = payloadHeaderBytes + manifestBytes;
  const isSound =
    view.getUint32(0) === magic &&
    version === androidVersion &&
    manifestBytes <= maxManifestBytes &&
    metadataSignatureBytes <= maxSignatureBytes &&
    metadataBytes + metadataSignatureBytes <= payloadBytes;
  if (!isSound) throw packageMalformed('payload-header');
  return { version, metadataBytes, metadataSignatureBytes };
}

/** Throws FirmwareError `package-malformed` where one of the four is missing or no such value. */
export function parsePayloadProperties(text: string): PayloadProperties {
  const values = new Map(
    text.split(/\r?\n/, 1000).map((line) => {
      const equals = line.indexOf('=');
      return [line.slice(0, equals).trim(), line.slice(equals + 1).trim()] as const;
    }),
  );
  return {
    fileHash: hash(values.get('FILE_HASH')),
    fileBytes: count(values.get('FILE_SIZE')),
    metadataHash: hash(values.get('METADATA_HASH')),
    metadataBytes: count(values.get('METADATA_SIZE')),
  };
}

function hash(value = ''): string {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== 32) throw packageMalformed('payload-properties');
  return bytes.toString('hex');
}

function count(value = ''): number {
  if (!/^\d{1,15}$/.test(value)) throw packageMalformed('payload-properties');
  return Number(value);
}
