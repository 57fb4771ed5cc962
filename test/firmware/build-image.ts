/** Builds MCUboot images of any shape, good and bad, from the format's description. */
import { createHash, createPublicKey, sign, type KeyObject } from 'node:crypto';

export interface Entry {
  readonly type: number;
  readonly data: Uint8Array;
}

export interface ImagePlan {
  readonly payload?: Uint8Array;
  readonly flags?: number;
  readonly version?: readonly [number, number, number, number];
  readonly headerSize?: number;
  readonly protectedEntries?: readonly Entry[];
  /** Given what hash and signature cover, the plain TLVs. */
  readonly plainEntries: (covered: Uint8Array) => readonly Entry[];
  readonly tail?: Uint8Array;
}

export function buildImage(plan: ImagePlan): Uint8Array {
  const payload = plan.payload ?? new Uint8Array(300).fill(0x5a);
  const headerSize = plan.headerSize ?? 32;
  const guarded = plan.protectedEntries ? area(0x6908, plan.protectedEntries) : new Uint8Array();
  const header = Buffer.alloc(headerSize);
  header.writeUInt32LE(0x96f3b83d, 0);
  header.writeUInt16LE(headerSize, 8);
  header.writeUInt16LE(guarded.length, 10);
  header.writeUInt32LE(payload.length, 12);
  header.writeUInt32LE(plan.flags ?? 0, 16);
  const [major, minor, revision, build] = plan.version ?? [1, 2, 3, 4];
  header.writeUInt8(major, 20);
  header.writeUInt8(minor, 21);
  header.writeUInt16LE(revision, 22);
  header.writeUInt32LE(build, 24);
  const covered = Buffer.concat([header, payload, guarded]);
  const plain = area(0x6907, plan.plainEntries(covered));
  return new Uint8Array(Buffer.concat([covered, plain, plan.tail ?? new Uint8Array()]));
}

export function area(magic: number, entries: readonly Entry[]): Uint8Array {
  const body = entries.flatMap(({ type, data }) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(type, 0);
    head.writeUInt16LE(data.length, 2);
    return [head, data];
  });
  const head = Buffer.alloc(4);
  head.writeUInt16LE(magic, 0);
  head.writeUInt16LE(4 + body.reduce((sum, part) => sum + part.length, 0), 2);
  return Buffer.concat([head, ...body]);
}

export function hashEntry(covered: Uint8Array, algorithm = 'sha256'): Entry {
  const type = { sha256: 0x10, sha384: 0x11, sha512: 0x12 }[algorithm] ?? 0;
  return { type, data: createHash(algorithm).update(covered).digest() };
}

export function publicDer(privateKey: KeyObject): Uint8Array {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
}

export function publicPem(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
}

export function keyHashEntry(privateKey: KeyObject): Entry {
  return { type: 0x01, data: createHash('sha256').update(publicDer(privateKey)).digest() };
}

/** An Ed25519 signature over the digest, as imgtool makes it. */
export function ed25519Entry(privateKey: KeyObject, covered: Uint8Array, hash = 'sha256'): Entry {
  const digest = createHash(hash).update(covered).digest();
  return { type: 0x24, data: sign(null, digest, privateKey) };
}

export function ecdsaEntry(privateKey: KeyObject, covered: Uint8Array, hash = 'sha256'): Entry {
  return { type: 0x22, data: sign(hash, covered, privateKey) };
}
