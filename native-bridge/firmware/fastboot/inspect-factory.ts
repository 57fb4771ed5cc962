/**
 * Says everything about a factory package without a terminal: for whom it is, what is flashed in
 * which order, which build it is and who vouches for it (vbmeta), and the hash of each image, read by
 * streaming. Whether a sparse image tells the truth is seen when it is unpacked (image.ts): before
 * anything is sent all the same.
 */
import { createHash } from 'node:crypto';
import type { ImageInspection } from '../../contract/image.ts';
import type { Fault } from '../../contract/fault.ts';
import type { VbmetaKey } from '../avb/key.ts';
import { checkVbmeta } from '../avb/signature.ts';
import { maxVbmetaBytes, readVbmeta, type HashDescriptor, type Vbmeta } from '../avb/vbmeta.ts';
import { FirmwareError, packageMalformed } from '../firmware-error.ts';
import type { RandomAccess } from '../random-access.ts';
import { feed, type FileProgress } from '../streaming.ts';
import { BuildText } from './build-text.ts';
import { openFactory, type FactoryContents, type ImageSource } from './open-factory.ts';

export interface FactoryImage {
  readonly entry: string;
  readonly sizeBytes: number;
  /** Hex; of the image itself, not of how it is packed. */
  readonly sha256: string;
}

export interface FactoryInspection extends FactoryContents {
  readonly format: 'android-factory';
  readonly verdict: 'good' | 'refused';
  readonly faults: readonly Fault[];
  readonly sizeBytes: number;
  /** SHA-256 of the whole file, hex. */
  readonly fileSha256: string;
  readonly images: readonly FactoryImage[];
  /** The build's fingerprint; null: neither vbmeta nor the system image names it. */
  readonly fingerprint: string | null;
  /** `2026-03-05` */
  readonly securityPatch: string | null;
  readonly signature: ImageInspection['signature'];
}

type Said = Omit<FactoryInspection, 'format' | 'verdict' | 'sizeBytes' | 'fileSha256'>;

const vbmetaNames = ['vbmeta.img', 'vbmeta_system.img', 'vbmeta_vendor.img'];
const systemName = 'system.img';

/**
 * Progress while it reads, the inspection at the end. Throws FirmwareError `file-changed`,
 * `file-unreadable`; what is wrong with the package is in the result.
 */
export async function* inspectFactory(
  file: RandomAccess,
  keys: readonly VbmetaKey[] = [],
): AsyncGenerator<FileProgress, FactoryInspection, void> {
  let doneBytes = 0;
  let totalBytes = file.sizeBytes;
  const looks = readAll(file, keys);
  let step = await looks.next();
  for (; step.done !== true; step = await looks.next()) {
    doneBytes = step.value.doneBytes;
    totalBytes = file.sizeBytes + step.value.totalBytes;
    yield { doneBytes, totalBytes };
  }
  const said = step.value;
  const whole = createHash('sha256');
  const work = feed(file, [{ startBytes: 0, endBytes: file.sizeBytes, sink: whole }]);
  for await (const read of work) yield { doneBytes: doneBytes + read.doneBytes, totalBytes };
  return {
    format: 'android-factory',
    verdict: said.faults.length === 0 ? 'good' : 'refused',
    sizeBytes: file.sizeBytes,
    fileSha256: whole.digest('hex'),
    ...said,
  };
}

const nothingSaid: Said = {
  within: null,
  outerTasks: [],
  requirements: [],
  tasks: [],
  faults: [],
  images: [],
  fingerprint: null,
  securityPatch: null,
  signature: checkVbmeta(null, []),
};

/** Of every image; what is wrong with the package is a fault. */
async function* readAll(
  file: RandomAccess,
  keys: readonly VbmetaKey[],
): AsyncGenerator<FileProgress, Said, void> {
  try {
    const { contents, sources } = await openFactory(file);
    const vbmetas = await vbmetasOf(sources);
    const images: FactoryImage[] = [];
    const build = new BuildText();
    const totalBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    let doneBytes = 0;
    for (const source of sources) {
      const expected = hashFor(contents, source, vbmetas);
      images.push(await hashOf(source, expected, source.entry === systemName ? build : null));
      doneBytes += source.sizeBytes;
      yield { doneBytes, totalBytes };
    }
    const named = (name: string): string | null =>
      vbmetas.map(({ properties }) => properties.get(name)).find((value) => value) ?? null;
    const fingerprint = named('com.android.build.system.fingerprint') ?? build.fingerprint;
    const securityPatch = named('com.android.build.system.security_patch');
    const signature = checkVbmeta(vbmetas[0] ?? null, keys);
    return { ...contents, faults: [], images, fingerprint, securityPatch, signature };
  } catch (error) {
    const isOurs = error instanceof FirmwareError && error.code === 'package-malformed';
    if (!isOurs) throw error;
    return { ...nothingSaid, faults: [error.fault] };
  }
}

/** The first is the one that vouches for the others. */
async function vbmetasOf(sources: readonly ImageSource[]): Promise<Vbmeta[]> {
  const all: Vbmeta[] = [];
  for (const name of vbmetaNames) {
    const source = sources.find(({ entry }) => entry === name);
    if (!source) continue;
    const vbmeta = readVbmeta(await source.zip.read(name, maxVbmetaBytes));
    if (vbmeta === null) throw packageMalformed('vbmeta', { entry: name });
    all.push(vbmeta);
  }
  return all;
}

/** What vbmeta says of the partition that an image goes to; null: nothing. */
function hashFor(
  { outerTasks, tasks }: FactoryContents,
  { entry }: ImageSource,
  vbmetas: readonly Vbmeta[],
): HashDescriptor | null {
  const partitions = [...outerTasks, ...tasks].flatMap((task) =>
    task.kind === 'flash' && task.image === entry && task.slot === 'this' ? [task.partition] : [],
  );
  const all = vbmetas.flatMap(({ hashes }) => hashes);
  return all.find(({ partition }) => partitions.includes(partition)) ?? null;
}

/** Throws FirmwareError `package-malformed` for an image that vbmeta does not vouch for. */
async function hashOf(
  { zip, entry, sizeBytes }: ImageSource,
  expected: HashDescriptor | null,
  build: BuildText | null,
): Promise<FactoryImage> {
  const hash = createHash('sha256');
  const vouched = expected && createHash(expected.algorithm).update(expected.salt);
  let leftBytes = expected?.imageBytes ?? 0;
  for await (const piece of zip.stream(entry)) {
    hash.update(piece);
    build?.update(piece);
    vouched?.update(piece.subarray(0, leftBytes));
    leftBytes -= Math.min(leftBytes, piece.length);
  }
  const isVouched = !expected || (leftBytes === 0 && vouched?.digest().equals(expected.digest));
  if (isVouched !== true) throw packageMalformed('image-digest', { entry });
  return { entry, sizeBytes, sha256: hash.digest('hex') };
}
