/** Builds Android apps of nothing but a manifest, and signs them by the schemes' descriptions. */
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  sign,
  X509Certificate,
} from 'node:crypto';
import { makeZip, type ZipPart } from './make-zip.ts';
import type { Signer } from './signer.ts';

export interface ManifestPlan {
  readonly packageName?: string;
  readonly versionCode?: number;
  readonly versionCodeMajor?: number;
  readonly versionName?: string;
  readonly minSdkVersion?: number;
  readonly split?: string;
  readonly root?: string;
  readonly utf8?: boolean;
  /** Resource ids also for strings that need none. */
  readonly idsForAll?: boolean;
}

const ids = {
  versionCode: 0x0101021b,
  versionName: 0x0101021c,
  minSdkVersion: 0x0101020c,
  versionCodeMajor: 0x01010576,
} as const;

/** Binary XML (androidfw, ResourceTypes.h): pool, resource ids, `manifest` with `uses-sdk` in it. */
export function makeManifest(plan: ManifestPlan = {}): Buffer {
  const { packageName = 'com.acme.pay', versionCode = 42, versionName = '1.2.3' } = plan;
  const known = Object.keys(ids);
  const strings = [
    ...known,
    'package',
    'split',
    plan.root ?? 'manifest',
    'uses-sdk',
    packageName,
    versionName,
    plan.split ?? '',
    'http://schemas.android.com/apk/res/android',
  ];
  const at = (text: string) => strings.indexOf(text);
  const text = (name: string, value: string) => attribute(at(name), at(value), 3, at(value));
  const number = (name: string, value: number) => attribute(at(name), -1, 0x10, value);
  const root = [
    number('versionCode', versionCode),
    text('versionName', versionName),
    ...(plan.versionCodeMajor === undefined
      ? []
      : [number('versionCodeMajor', plan.versionCodeMajor)]),
    text('package', packageName),
    ...(plan.split === undefined ? [] : [text('split', plan.split)]),
  ];
  const sdk = [number('minSdkVersion', plan.minSdkVersion ?? 24)];
  const body = Buffer.concat([
    plan.utf8 === true ? stringPool(strings, utf8, 0x100) : stringPool(strings, utf16, 0),
    chunk(
      0x0180,
      8,
      words([...Object.values(ids), ...(plan.idsForAll ? strings.map(() => 1) : [])]),
    ),
    element(at(plan.root ?? 'manifest'), root),
    element(at('uses-sdk'), sdk),
    chunk(0x0103, 16, words([1, -1, -1, at('uses-sdk')])),
    chunk(0x0103, 16, words([1, -1, -1, at(plan.root ?? 'manifest')])),
  ]);
  return chunk(0x0003, 8, body);
}

function words(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [place, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, place * 4);
  return bytes;
}

/** `headerBytes` counts the eight of the chunk's own. */
function chunk(type: number, headerBytes: number, rest: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(headerBytes, 2);
  head.writeUInt32LE(8 + rest.length, 4);
  return Buffer.concat([head, rest]);
}

function stringPool(
  strings: readonly string[],
  encode: (text: string) => Buffer,
  flags: number,
): Buffer {
  const encoded = strings.map(encode);
  const data = Buffer.concat(encoded);
  const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
  let offset = 0;
  const offsets = encoded.map((one) => (offset += one.length) - one.length);
  const start = 28 + 4 * strings.length;
  const head = words([strings.length, 0, flags, start, 0]);
  return chunk(0x0001, 28, Buffer.concat([head, words(offsets), padded]));
}

function utf16(text: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return Buffer.concat([length, Buffer.from(text, 'utf16le'), Buffer.alloc(2)]);
}

function utf8(text: string): Buffer {
  const content = Buffer.from(text);
  return Buffer.concat([Buffer.of(text.length, content.length), content, Buffer.alloc(1)]);
}

function element(name: number, attributes: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(28);
  words([1, -1, -1, name]).copy(head);
  head.writeUInt16LE(20, 16);
  head.writeUInt16LE(20, 18);
  head.writeUInt16LE(attributes.length, 20);
  return chunk(0x0102, 16, Buffer.concat([head, ...attributes]));
}

function attribute(name: number, raw: number, type: number, data: number): Buffer {
  const space = name < Object.keys(ids).length ? 11 : -1;
  const bytes = words([space, name, raw, 0, data]);
  bytes.writeUInt16LE(8, 12);
  bytes.writeUInt8(type, 15);
  return bytes;
}

const hashes: Readonly<Record<number, string>> = {
  0x0101: 'sha256',
  0x0102: 'sha512',
  0x0103: 'sha256',
  0x0104: 'sha512',
  0x0201: 'sha256',
  0x0202: 'sha512',
};

export interface ApkPlan {
  readonly manifest?: ManifestPlan | Buffer;
  readonly more?: readonly ZipPart[];
  readonly scheme?: 2 | 3 | 3.1;
  /** Signs by version 2 as well, beside version 3. */
  readonly olderSigner?: Signer;
  /** It says under its signature that it is signed by version 3, too. */
  readonly namesThird?: boolean;
  /** Of version 3, outside of what is signed: the first Android it is for. */
  readonly unsignedMinSdk?: number;
  /** Signs by version 3.1 as well, beside version 3, from Android 13 on. */
  readonly rotatedSigner?: Signer;
  readonly rotatesFromSdk?: number;
  /** The last Android that version 3 is for. */
  readonly maxSdk?: number;
  /** Says in version 3 that there is one of version 3.1. */
  readonly namesRotation?: boolean;
  readonly algorithm?: number;
  readonly signer?: Signer;
  /** The certificate that goes along, where it is not the signer's. */
  readonly certificate?: string;
}

/** Without a signer it is unsigned. */
export function makeApk(plan: ApkPlan = {}): Buffer {
  const manifest = Buffer.isBuffer(plan.manifest) ? plan.manifest : makeManifest(plan.manifest);
  const parts = [
    { name: 'AndroidManifest.xml', content: manifest, deflate: true },
    ...(plan.more ?? []),
  ];
  const zip = makeZip(parts);
  if (!plan.signer) return zip;
  const end = zip.length - 22;
  const directory = zip.readUInt32LE(end + 16);
  const algorithm = plan.algorithm ?? 0x0103;
  const hash = hashes[algorithm] ?? 'sha256';
  const sections = [zip.subarray(0, directory), zip.subarray(directory, end), zip.subarray(end)];
  const digest = contentDigest(sections, hash);
  const { olderSigner, rotatedSigner, rotatesFromSdk = 33, certificate: _, ...older } = plan;
  const rotated = { rotatesFromSdk };
  const block = signingBlock([
    schemePair(digest, algorithm, plan.signer, plan),
    ...(rotatedSigner
      ? [schemePair(digest, algorithm, rotatedSigner, { ...rotated, scheme: 3.1 })]
      : []),
    ...(olderSigner ? [schemePair(digest, algorithm, olderSigner, { ...older, scheme: 2 })] : []),
  ]);
  const moved = Buffer.from(zip.subarray(end));
  moved.writeUInt32LE(directory + block.length, 16);
  return Buffer.concat([zip.subarray(0, directory), block, zip.subarray(directory, end), moved]);
}

function contentDigest(sections: readonly Buffer[], hash: string): Buffer {
  const digests: Buffer[] = [];
  for (const section of sections) {
    for (let at = 0; at < section.length; at += 2 ** 20) {
      const piece = section.subarray(at, at + 2 ** 20);
      const count = words([piece.length]);
      digests.push(
        createHash(hash)
          .update(Buffer.concat([Buffer.of(0xa5), count, piece]))
          .digest(),
      );
    }
  }
  const head = Buffer.concat([Buffer.of(0x5a), words([digests.length])]);
  return createHash(hash)
    .update(Buffer.concat([head, ...digests]))
    .digest();
}

const schemeIds = { 2: 0x7109871a, 3: 0xf05368c0, 3.1: 0x1b93ad61 } as const;

const prefixed = (bytes: Uint8Array): Buffer => Buffer.concat([words([bytes.length]), bytes]);
const sequence = (...pieces: Uint8Array[]): Buffer => prefixed(Buffer.concat(pieces.map(prefixed)));

const longLength = (size: number): Buffer => Buffer.concat([words([size]), words([0])]);

function schemePair(digest: Buffer, algorithm: number, signer: Signer, plan: ApkPlan): Buffer {
  const certificate = new X509Certificate(plan.certificate ?? signer.certificatePem).raw;
  const { scheme = 2, rotatesFromSdk = 33 } = plan;
  const isThird = scheme >= 3;
  const minSdk = scheme === 3.1 ? rotatesFromSdk : 28;
  const maxSdk = plan.maxSdk ?? 0x7fffffff;
  const versions = isThird ? words([minSdk, maxSdk]) : Buffer.alloc(0);
  const attributes = [
    ...(plan.namesThird === true && scheme === 2 ? [words([0xbeeff00d, 3])] : []),
    ...(plan.namesRotation === true && scheme === 3 ? [words([0x559f8b02, rotatesFromSdk])] : []),
  ];
  const signedData = Buffer.concat([
    sequence(Buffer.concat([words([algorithm]), prefixed(digest)])),
    sequence(certificate),
    versions,
    sequence(...attributes),
  ]);
  const signature = signed(signedData, algorithm, signer);
  const key = createPublicKey(signer.certificatePem).export({ type: 'spki', format: 'der' });
  const one = Buffer.concat([
    prefixed(signedData),
    isThird ? words([plan.unsignedMinSdk ?? minSdk, maxSdk]) : versions,
    sequence(Buffer.concat([words([algorithm]), prefixed(signature)])),
    prefixed(key),
  ]);
  const value = Buffer.concat([words([schemeIds[scheme]]), sequence(one)]);
  return Buffer.concat([longLength(value.length), value]);
}

function signingBlock(schemePairs: readonly Buffer[]): Buffer {
  const padding = Buffer.concat([longLength(4 + 100), words([0x42726577]), Buffer.alloc(100)]);
  const pairs = Buffer.concat([...schemePairs, padding]);
  const size = longLength(pairs.length + 24);
  return Buffer.concat([size, pairs, size, Buffer.from('APK Sig Block 42')]);
}

function signed(data: Buffer, algorithm: number, signer: Signer): Buffer {
  const key = createPrivateKey(signer.privateKeyPem);
  const hash = hashes[algorithm] ?? 'sha256';
  const isPss = algorithm === 0x0101 || algorithm === 0x0102;
  const padding = isPss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const saltLength = hash === 'sha512' ? 64 : 32;
  if (key.asymmetricKeyType === 'ec') return sign(hash, data, key);
  return sign(hash, data, { key, padding, ...(isPss && { saltLength }) });
}
