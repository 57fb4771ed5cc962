/**
 * Who vouches for what in a factory package (AOSP, external/avb/libavb, avb_slot_verify.c): what is
 * written to the partition `vbmeta` describes images and names the keys of those who describe the rest,
 * whose vbmeta stands in a partition of its own or at the end of an image. What the chain does not
 * reach says nothing: neither of images nor of the build.
 */
import type { ImageInspection } from '../../contract/image.ts';
import type { ChainDescriptor, DigestDescriptor } from '../avb/descriptors.ts';
import type { VbmetaKey } from '../avb/key.ts';
import { checkVbmeta, isSignedWith } from '../avb/signature.ts';
import { readVbmeta, vbmetaFlags, type Vbmeta } from '../avb/vbmeta.ts';
import { packageMalformed } from '../firmware-error.ts';
import { readFooterVbmeta, readOwnVbmeta } from './footer-vbmeta.ts';
import type { FactoryContents, ImageSource } from './open-factory.ts';

export interface Vouchers {
  /** Of the first vbmeta. */
  readonly signature: ImageInspection['signature'];
  /** The first, then those that it names. */
  readonly vbmetas: readonly Vbmeta[];
  /** Partitions that hold nothing but one of them. */
  readonly ownPartitions: ReadonlySet<string>;
  readonly unchecked: Unchecked;
}

/** What the first vbmeta tells the terminal to leave unchecked at every start; null: nothing. */
export type Unchecked = 'all' | 'trees' | null;

const first = 'vbmeta';
/** libavb takes no more images. */
const mostChains = 31;
/** Of one image; real ones have one, or one for each of its partitions. */
const mostDescriptors = 8;

/**
 * Yields how many bytes were read meanwhile. Throws FirmwareError `package-malformed`: a vbmeta that
 * is none, or that is not of whom the first one names.
 */
export async function* readVouchers(
  contents: FactoryContents,
  sources: readonly ImageSource[],
  keys: readonly VbmetaKey[],
): AsyncGenerator<number, Vouchers, void> {
  const [own, ...more] = imagesFor(first, contents, sources);
  if (more[0]) throw packageMalformed('vbmeta', { entry: more[0].entry });
  if (!own) {
    const signature = checkVbmeta(null, keys);
    return { signature, vbmetas: [], ownPartitions: new Set(), unchecked: null };
  }
  const top = parsed(yield* readOwnVbmeta(own), own.entry);
  const vbmetas = [top];
  const ownPartitions = new Set([first]);
  checkChains(top, own.entry);
  for (const chain of top.chains) {
    for (const source of imagesFor(chain.partition, contents, sources)) {
      vbmetas.push(yield* readChained(chain, source));
      if (isVbmetaPartition(chain.partition)) ownPartitions.add(chain.partition);
    }
  }
  const unchecked = uncheckedBy(top);
  return { signature: checkVbmeta(top, keys), vbmetas, ownPartitions, unchecked };
}

function uncheckedBy({ flags }: Vbmeta): Unchecked {
  if ((flags & vbmetaFlags.nothingChecked) !== 0) return 'all';
  return (flags & vbmetaFlags.treesUnchecked) === 0 ? null : 'trees';
}

/** Each partition once, and none with the place that is the first one's own. */
function checkChains({ chains }: Vbmeta, entry: string): void {
  const isOnce = new Set(chains.map(({ partition }) => partition)).size === chains.length;
  const isSound = chains.every(({ rollbackIndexLocation }) => rollbackIndexLocation > 0);
  if (isOnce && isSound && chains.length <= mostChains) return;
  throw packageMalformed('vbmeta', { entry });
}

async function* readChained(
  chain: ChainDescriptor,
  source: ImageSource,
): AsyncGenerator<number, Vbmeta, void> {
  const { entry } = source;
  const vbmeta = parsed(
    isVbmetaPartition(chain.partition)
      ? yield* readOwnVbmeta(source)
      : yield* readFooterVbmeta(source),
    entry,
  );
  const isSound =
    isSignedWith(vbmeta, chain.publicKey) && vbmeta.flags === 0 && vbmeta.chains.length === 0;
  if (!isSound) throw packageMalformed('vbmeta-chain', { entry });
  return vbmeta;
}

/** These have no footer, whatever their last bytes are. */
function isVbmetaPartition(partition: string): boolean {
  return partition.startsWith(first);
}

function parsed(bytes: Uint8Array | null, entry: string): Vbmeta {
  const vbmeta = bytes && readVbmeta(bytes);
  if (!vbmeta) throw packageMalformed('vbmeta', { entry });
  return vbmeta;
}

/** What is written to a partition, once each; of the slot that is to run. */
function imagesFor(
  partition: string,
  contents: FactoryContents,
  sources: readonly ImageSource[],
): ImageSource[] {
  return sources.filter(({ entry }) => partitionsOf(entry, contents).includes(partition));
}

/** Where an image is written, by the names that vbmeta has for partitions: without the slot's letter. */
export function partitionsOf(
  entry: string,
  { outerTasks, tasks }: Pick<FactoryContents, 'outerTasks' | 'tasks'>,
): string[] {
  return [...outerTasks, ...tasks].flatMap((task) =>
    task.kind === 'flash' && task.image === entry && task.slot === 'this'
      ? [task.partition.replace(/_[ab]$/, '')]
      : [],
  );
}

/**
 * What an image has to be, and whether somebody vouches for all that is done with it: not by a digest
 * that the terminal is told to leave unchecked. Throws FirmwareError `package-malformed`.
 */
export function vouchedAs(
  entry: string,
  contents: FactoryContents,
  { vbmetas, ownPartitions, unchecked }: Vouchers,
  canCheck: (descriptor: DigestDescriptor) => boolean,
): { readonly descriptors: readonly DigestDescriptor[]; readonly vouched: boolean } {
  const partitions = partitionsOf(entry, contents);
  const all = vbmetas
    .flatMap(({ digests }) => digests)
    .filter(({ partition }) => partitions.includes(partition));
  if (all.length > mostDescriptors) throw packageMalformed('vbmeta', { entry });
  const descriptors = all.filter(canCheck);
  const counting = descriptors.filter(
    ({ kind }) => unchecked === null || (unchecked === 'trees' && kind === 'hash'),
  );
  const isDescribed = (partition: string): boolean =>
    ownPartitions.has(partition) || counting.some((each) => each.partition === partition);
  const vouched = partitions.length > 0 && partitions.every(isDescribed);
  return { descriptors, vouched };
}
