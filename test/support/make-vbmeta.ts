/** Writes vbmeta images field by field (external/avb/libavb), signed with a key of one's own or with none. */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { Signer } from './signer.ts';

export interface VbmetaPlan {
  readonly properties?: Readonly<Record<string, string>>;
  /** Partition → its image. */
  readonly hashes?: Readonly<Record<string, Uint8Array>>;
  /** null: not signed. */
  readonly signer?: Signer | null;
}

const sha256Rsa2048 = 1;
const salt = Buffer.from('00112233', 'hex');

export function makeVbmeta({ properties = {}, hashes = {}, signer = null }: VbmetaPlan): Buffer {
  const descriptors = Buffer.concat([
    ...Object.entries(properties).map(([key, value]) => propertyOf(key, value)),
    ...Object.entries(hashes).map(([partition, image]) => hashOf(partition, image)),
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
