/**
 * What a vbmeta image says of partitions (AOSP, external/avb/libavb: avb_hash_descriptor.h,
 * avb_hashtree_descriptor.h, avb_chain_partition_descriptor.h, avb_property_descriptor.h). Each has a
 * tag and its length, fixed fields, then names and bytes of the lengths given there; big-endian.
 */
import { slice, sizeAt, text, viewOf } from './fields.ts';

/** What a partition's image must hash to: over the salt and its first bytes. */
export interface HashDescriptor {
  readonly kind: 'hash';
  readonly partition: string;
  readonly imageBytes: number;
  /** As it is named; not every one can be checked. */
  readonly algorithm: string;
  readonly salt: Uint8Array;
  /** Empty: the terminal keeps one of its own ("persistent digest"). */
  readonly digest: Uint8Array;
}

/** Of what is too large to be hashed at every start: the root of a dm-verity tree over its first bytes. */
export interface HashtreeDescriptor extends Omit<HashDescriptor, 'kind'> {
  readonly kind: 'hashtree';
  readonly version: number;
  readonly dataBlockBytes: number;
  readonly hashBlockBytes: number;
}

export type DigestDescriptor = HashDescriptor | HashtreeDescriptor;

/** Somebody else vouches for what stands in this partition: who holds the other half of this key. */
export interface ChainDescriptor {
  readonly partition: string;
  /** Where the terminal keeps the lowest index that it takes; 0 is the first vbmeta's own. */
  readonly rollbackIndexLocation: number;
  readonly publicKey: Uint8Array;
}

export interface Descriptors {
  /** `com.android.build.system.fingerprint` and its kin. */
  readonly properties: ReadonlyMap<string, string>;
  readonly digests: readonly DigestDescriptor[];
  readonly chains: readonly ChainDescriptor[];
}

const tags = { property: 0n, hashtree: 1n, hash: 2n, chain: 4n } as const;
const headBytes = 16;
const hashFixedBytes = 116;
const hashtreeFixedBytes = 164;
const chainFixedBytes = 76;
const algorithmBytes = 32;

/** null: their sizes can't be so. */
export function readDescriptors(all: Uint8Array): Descriptors | null {
  const properties = new Map<string, string>();
  const digests: DigestDescriptor[] = [];
  const chains: ChainDescriptor[] = [];
  const view = viewOf(all);
  for (let at = 0; at < all.length;) {
    const isHead = at + headBytes <= all.length;
    const body = isHead ? slice(all, at + headBytes, sizeAt(view, at + 8)) : null;
    if (!body) return null;
    const tag = view.getBigUint64(at);
    if (tag === tags.property) {
      const pair = readProperty(body);
      if (!pair) return null;
      properties.set(...pair);
    } else if (tag === tags.hash || tag === tags.hashtree) {
      const digest = tag === tags.hash ? readHash(body) : readHashtree(body);
      if (!digest) return null;
      digests.push(digest);
    } else if (tag === tags.chain) {
      const chain = readChain(body);
      if (!chain) return null;
      chains.push(chain);
    }
    at += headBytes + body.length;
  }
  return { properties, digests, chains };
}

function readProperty(body: Uint8Array): [string, string] | null {
  if (body.length < 16) return null;
  const view = viewOf(body);
  const keyBytes = sizeAt(view, 0);
  const key = slice(body, 16, keyBytes);
  const value = slice(body, 16 + keyBytes + 1, sizeAt(view, 8));
  return key && value && [text(key), text(value)];
}

function readHash(body: Uint8Array): HashDescriptor | null {
  if (body.length < hashFixedBytes) return null;
  const named = readNamed(body, { algorithmAt: 8, lengthsAt: 40, fixedBytes: hashFixedBytes });
  return named && { kind: 'hash', imageBytes: sizeAt(viewOf(body), 0), ...named };
}

function readHashtree(body: Uint8Array): HashtreeDescriptor | null {
  if (body.length < hashtreeFixedBytes) return null;
  const view = viewOf(body);
  const named = readNamed(body, { algorithmAt: 56, lengthsAt: 88, fixedBytes: hashtreeFixedBytes });
  return (
    named && {
      kind: 'hashtree',
      version: view.getUint32(0),
      imageBytes: sizeAt(view, 4),
      dataBlockBytes: view.getUint32(28),
      hashBlockBytes: view.getUint32(32),
      ...named,
    }
  );
}

/** What both kinds of digests end with: the algorithm, three lengths, and what these are of. */
function readNamed(
  body: Uint8Array,
  at: { readonly algorithmAt: number; readonly lengthsAt: number; readonly fixedBytes: number },
): Pick<HashDescriptor, 'partition' | 'algorithm' | 'salt' | 'digest'> | null {
  const view = viewOf(body);
  const name = body.subarray(at.algorithmAt, at.algorithmAt + algorithmBytes);
  const [partitionBytes, saltBytes, digestBytes] = [0, 4, 8].map((field) =>
    view.getUint32(at.lengthsAt + field),
  ) as [number, number, number];
  const partition = slice(body, at.fixedBytes, partitionBytes);
  const salt = slice(body, at.fixedBytes + partitionBytes, saltBytes);
  const digest = slice(body, at.fixedBytes + partitionBytes + saltBytes, digestBytes);
  if (!partition || !salt || !digest) return null;
  return { partition: text(partition), algorithm: text(name).replace(/\0.*$/s, ''), salt, digest };
}

function readChain(body: Uint8Array): ChainDescriptor | null {
  if (body.length < chainFixedBytes) return null;
  const view = viewOf(body);
  const partitionBytes = view.getUint32(4);
  const partition = slice(body, chainFixedBytes, partitionBytes);
  const publicKey = slice(body, chainFixedBytes + partitionBytes, view.getUint32(8));
  if (!partition || !publicKey) return null;
  return { partition: text(partition), rollbackIndexLocation: view.getUint32(0), publicKey };
}
