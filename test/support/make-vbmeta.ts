/** Writes vbmeta images field by field (external/avb/libavb), signed with a key of one's own or with none. */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { Signer } from './signer.ts';

export interface HashtreePlan {
  readonly image: Uint8Array;
  readonly algorithm?: string;
  readonly salt?: Uint8Array;
}

export interface ChainPlan {
  readonly signer: Signer;
  readonly rollbackIndexLocation?: number;
}

export interface VbmetaPlan {
  readonly properties?: Readonly<Record<string, string>>;
  /** Partition → its image. */
  readonly hashes?: Readonly<Record<string, Uint8Array>>;
  /** Partition → what it holds, of which the root of a dm-verity tree is told. */
  readonly hashtrees?: Readonly<Record<string, HashtreePlan>>;
  /** Partition → who vouches for it. */
  readonly chains?: Readonly<Record<string, ChainPlan>>;
  readonly flags?: number;
  /** null: not signed. */
  readonly signer?: Signer | null;
}

const sha256Rsa2048 = 1;
const salt = Buffer.from('00112233', 'hex');
const blockBytes = 4096;

export function makeVbmeta(plan: VbmetaPlan): Buffer {
  const { properties = {}, hashes = {}, hashtrees = {}, chains = {}, signer = null } = plan;
  const descriptors = Buffer.concat([
    ...Object.entries(properties).map(([key, value]) => propertyOf(key, value)),
    ...Object.entries(hashes).map(([partition, image]) => hashOf(partition, image)),
    ...Object.entries(hashtrees).map(([partition, tree]) => hashtreeOf(partition, tree)),
    ...Object.entries(chains).map(([partition, chain]) => chainOf(partition, chain)),
  ]);
  const publicKey = signer === null ? Buffer.alloc(0) : publicKeyOf(signer);
  const auxiliary = padded(Buffer.concat([descriptors, publicKey]), 64);
  const hashBytes = signer === null ? 0 : 32;
  const signatureBytes = signer === null ? 0 : 256;
  const header = Buffer.alloc(256);
  header.write('AVB0', 0, 'latin1');
  header.writeUInt32BE(1, 4);
  const sizes: [number, number][] = [
    [12, signer === null ? 0 : 320],
    [20, auxiliary.length],
    [40, hashBytes],
    [48, hashBytes],
    [56, signatureBytes],
    [64, descriptors.length],
    [72, publicKey.length],
    [104, descriptors.length],
  ];
  for (const [at, size] of sizes) header.writeBigUInt64BE(BigInt(size), at);
  header.writeUInt32BE(signer === null ? 0 : sha256Rsa2048, 28);
  header.writeUInt32BE(plan.flags ?? 0, 120);
  if (signer === null) return Buffer.concat([header, auxiliary]);
  const signed = Buffer.concat([header, auxiliary]);
  const hash = createHash('sha256').update(signed).digest();
  const signature = sign('sha256', signed, createPrivateKey(signer.privateKeyPem));
  return Buffer.concat([header, padded(Buffer.concat([hash, signature]), 64), auxiliary]);
}

function propertyOf(key: string, value: string): Buffer {
  const fixed = Buffer.alloc(16);
  fixed.writeBigUInt64BE(BigInt(key.length), 0);
  fixed.writeBigUInt64BE(BigInt(value.length), 8);
  return descriptor(0, Buffer.concat([fixed, Buffer.from(`${key}\0${value}\0`)]));
}

function hashOf(partition: string, image: Uint8Array): Buffer {
  const fixed = Buffer.alloc(116);
  fixed.writeBigUInt64BE(BigInt(image.length), 0);
  fixed.write('sha256', 8, 'latin1');
  fixed.writeUInt32BE(partition.length, 40);
  fixed.writeUInt32BE(salt.length, 44);
  fixed.writeUInt32BE(32, 48);
  const digest = createHash('sha256').update(salt).update(image).digest();
  return descriptor(2, Buffer.concat([fixed, Buffer.from(partition), salt, digest]));
}

/** avb_hashtree_descriptor.h */
function hashtreeOf(partition: string, plan: HashtreePlan): Buffer {
  const { image, algorithm = 'sha256', salt: own = salt } = plan;
  const root = verityRoot(image, algorithm, own);
  const fixed = Buffer.alloc(164);
  fixed.writeUInt32BE(1, 0);
  fixed.writeBigUInt64BE(BigInt(image.length), 4);
  fixed.writeUInt32BE(blockBytes, 28);
  fixed.writeUInt32BE(blockBytes, 32);
  fixed.write(algorithm, 56, 'latin1');
  fixed.writeUInt32BE(partition.length, 88);
  fixed.writeUInt32BE(own.length, 92);
  fixed.writeUInt32BE(root.length, 96);
  return descriptor(1, Buffer.concat([fixed, Buffer.from(partition), own, root]));
}

/** Level by level, each one whole. An algorithm that nobody knows has some root all the same. */
function verityRoot(image: Uint8Array, algorithm: string, own: Uint8Array): Buffer {
  const name = ['sha1', 'sha256', 'sha512'].includes(algorithm) ? algorithm : 'sha256';
  const blocks = Array.from({ length: Math.ceil(image.length / blockBytes) }, (_, n) =>
    image.subarray(n * blockBytes, (n + 1) * blockBytes),
  );
  const digests = blocks.map((block) => {
    const rest = Buffer.alloc(blockBytes - block.length);
    return createHash(name).update(own).update(block).update(rest).digest();
  });
  const [only, ...more] = digests;
  if (only === undefined || more.length === 0) return only ?? Buffer.alloc(0);
  return verityRoot(Buffer.concat(digests.map((each) => padded(each, 32))), algorithm, own);
}

/** avb_chain_partition_descriptor.h */
function chainOf(partition: string, { signer, rollbackIndexLocation = 1 }: ChainPlan): Buffer {
  const key = publicKeyOf(signer);
  const fixed = Buffer.alloc(76);
  fixed.writeUInt32BE(rollbackIndexLocation, 0);
  fixed.writeUInt32BE(partition.length, 4);
  fixed.writeUInt32BE(key.length, 8);
  return descriptor(4, Buffer.concat([fixed, Buffer.from(partition), key]));
}

/** An image with its vbmeta behind it, and the footer (avb_footer.h) that says where that stands. */
export function withFooter(image: Uint8Array, vbmeta: Uint8Array, partitionBytes: number): Buffer {
  const whole = Buffer.alloc(partitionBytes);
  whole.set(image);
  const vbmetaAt = Math.ceil(image.length / blockBytes) * blockBytes;
  whole.set(vbmeta, vbmetaAt);
  const footer = whole.subarray(-64);
  footer.write('AVBf', 0, 'latin1');
  footer.writeUInt32BE(1, 4);
  footer.writeBigUInt64BE(BigInt(image.length), 12);
  footer.writeBigUInt64BE(BigInt(vbmetaAt), 20);
  footer.writeBigUInt64BE(BigInt(vbmeta.length), 28);
  return whole;
}

function descriptor(tag: number, body: Buffer): Buffer {
  const whole = padded(body, 8);
  const head = Buffer.alloc(16);
  head.writeBigUInt64BE(BigInt(tag), 0);
  head.writeBigUInt64BE(BigInt(whole.length), 8);
  return Buffer.concat([head, whole]);
}

/** Bits and n0inv, modulus, rr: what verifies here needs but the modulus. */
function publicKeyOf({ certificatePem }: Signer): Buffer {
  const { n = '' } = createPublicKey(certificatePem).export({ format: 'jwk' });
  const modulus = Buffer.from(n, 'base64url');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(modulus.length * 8, 0);
  return Buffer.concat([head, modulus, Buffer.alloc(modulus.length)]);
}

function padded(bytes: Buffer, to: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((to - (bytes.length % to)) % to)]);
}
