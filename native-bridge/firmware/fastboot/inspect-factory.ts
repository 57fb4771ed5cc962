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
import { FirmwareError, packageMalformed } from '../firmware-error.ts';
import type { RandomAccess } from '../random-access.ts';
import { feed, type FileProgress } from '../streaming.ts';
import { BuildText } from './build-text.ts';
import { canCheck, Described, RepeatAllowance } from './described.ts';
import type { ContentSink } from './expand.ts';
import { openFactory, type FactoryContents, type ImageSource } from './open-factory.ts';
import { readInto } from './read-into.ts';
import { readVouchers, vouchedAs, type Unchecked } from './vouchers.ts';

export interface FactoryImage {
  readonly entry: string;
  readonly sizeBytes: number;
  /** Hex; of the image itself, not of how it is packed. */
  readonly sha256: string;
  /** It is what vbmeta, or whom vbmeta names, says of the partition; false: nobody says anything. */
  readonly vouched: boolean;
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
  readonly unchecked: Unchecked;
}

type Said = Omit<FactoryInspection, 'format' | 'verdict' | 'sizeBytes' | 'fileSha256'>;

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
  unchecked: null,
};

/** Of every image; what is wrong with the package is a fault. */
async function* readAll(
  file: RandomAccess,
  keys: readonly VbmetaKey[],
): AsyncGenerator<FileProgress, Said, void> {
  try {
    const { contents, sources } = await openFactory(file);
    const count = new Count(sources);
    const vouchers = yield* count.over(readVouchers(contents, sources, keys));
    const images: FactoryImage[] = [];
    const build = new BuildText();
    const allowance = new RepeatAllowance();
    for (const source of sources) {
      const said = vouchedAs(source.entry, contents, vouchers, canCheck);
      const described = said.descriptors.map((each) => new Described(each, allowance));
      const seenBy = source.entry === systemName ? [build] : [];
      const sha256 = yield* count.over(hashOf(source, described, seenBy));
      const { entry, sizeBytes } = source;
      images.push({ entry, sizeBytes, sha256, vouched: said.vouched });
    }
    const named = (name: string): string | null =>
      vouchers.vbmetas.map(({ properties }) => properties.get(name)).find((value) => value) ?? null;
    const fingerprint = named('com.android.build.system.fingerprint') ?? build.fingerprint;
    const securityPatch = named('com.android.build.system.security_patch');
    const { signature, unchecked } = vouchers;
    return { ...contents, faults: [], images, fingerprint, securityPatch, signature, unchecked };
  } catch (error) {
    const isOurs = error instanceof FirmwareError && error.code === 'package-malformed';
    if (!isOurs) throw error;
    return { ...nothingSaid, faults: [error.fault] };
  }
}

/** Throws FirmwareError `package-malformed` for an image that is another one than vbmeta describes. */
async function* hashOf(
  source: ImageSource,
  described: readonly Described[],
  seenBy: readonly BuildText[],
): AsyncGenerator<number, string, void> {
  const hash = createHash('sha256');
  const content: ContentSink = {
    update: (piece) => {
      for (const each of described) each.update(piece);
    },
    *repeat(word, lengthBytes) {
      for (const each of described) yield* each.repeat(word, lengthBytes);
    },
  };
  yield* readInto(source, described.length > 0 ? content : null, [hash, ...seenBy]);
  if (!described.every((each) => each.isMet())) {
    throw packageMalformed('image-digest', { entry: source.entry });
  }
  return hash.digest('hex');
}

/** Of all that is unpacked; what is read twice is counted once it is known. */
class Count {
  #doneBytes = 0;
  #totalBytes: number;

  constructor(sources: readonly ImageSource[]) {
    this.#totalBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  async *over<T>(work: AsyncGenerator<number, T, void>): AsyncGenerator<FileProgress, T, void> {
    for (;;) {
      const step = await work.next();
      if (step.done === true) return step.value;
      this.#doneBytes += step.value;
      this.#totalBytes = Math.max(this.#totalBytes, this.#doneBytes);
      yield { doneBytes: this.#doneBytes, totalBytes: this.#totalBytes };
    }
  }
}
