/**
 * Says everything about a factory package without a terminal: for whom it is, what is flashed in
 * which order, and the hash of each image, read by streaming. Whether a sparse image tells the truth
 * is seen when it is unpacked (image.ts): before anything is sent all the same.
 */
import { createHash } from 'node:crypto';
import type { Fault } from '../../contract/fault.ts';
import { FirmwareError } from '../firmware-error.ts';
import type { RandomAccess } from '../random-access.ts';
import { feed, type FileProgress } from '../streaming.ts';
import { ZipArchive } from '../zip/zip-archive.ts';
import type { Requirement } from './android-info.ts';
import { imagesWithin, outerTasks, planFactory } from './factory-package.ts';
import type { FlashTask } from './flash-tasks.ts';

export interface FactoryImage {
  readonly entry: string;
  readonly sizeBytes: number;
  /** Hex; of the image itself, not of how it is packed. */
  readonly sha256: string;
}

export interface FactoryInspection {
  readonly format: 'android-factory';
  readonly verdict: 'good' | 'refused';
  readonly faults: readonly Fault[];
  readonly sizeBytes: number;
  /** SHA-256 of the whole file, hex. */
  readonly fileSha256: string;
  /** The zip with the images, where this is one around it; its tasks come after `outerTasks`. */
  readonly within: string | null;
  /** Of boot loader and radio, whose images are entries of the zip around. */
  readonly outerTasks: readonly FlashTask[];
  readonly requirements: readonly Requirement[];
  readonly tasks: readonly FlashTask[];
  readonly images: readonly FactoryImage[];
}

/** An image that is flashed, and the zip it is in. */
interface Source {
  readonly zip: ZipArchive;
  readonly entry: string;
  readonly sizeBytes: number;
}

type Plan = Pick<FactoryInspection, 'within' | 'outerTasks' | 'requirements' | 'tasks'>;

/**
 * Progress while it reads, the inspection at the end. Throws FirmwareError `file-changed`,
 * `file-unreadable`; what is wrong with the package is in the result.
 */
export async function* inspectFactory(
  file: RandomAccess,
): AsyncGenerator<FileProgress, FactoryInspection, void> {
  const faults: Fault[] = [];
  let plan: Plan = { within: null, outerTasks: [], requirements: [], tasks: [] };
  let images: FactoryImage[] = [];
  let doneBytes = 0;
  let totalBytes = file.sizeBytes;
  try {
    const found = await readPackage(file);
    ({ plan } = found);
    totalBytes += found.sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const hashed: FactoryImage[] = [];
    for (const source of found.sources) {
      hashed.push(await hashOf(source));
      doneBytes += source.sizeBytes;
      yield { doneBytes, totalBytes };
    }
    images = hashed;
  } catch (error) {
    const isOurs = error instanceof FirmwareError && error.code === 'package-malformed';
    if (!isOurs) throw error;
    faults.push(error.fault);
  }
  const whole = createHash('sha256');
  const work = feed(file, [{ startBytes: 0, endBytes: file.sizeBytes, sink: whole }]);
  for await (const step of work) yield { doneBytes: doneBytes + step.doneBytes, totalBytes };
  return {
    format: 'android-factory',
    verdict: faults.length === 0 ? 'good' : 'refused',
    faults,
    sizeBytes: file.sizeBytes,
    fileSha256: whole.digest('hex'),
    ...plan,
    images,
  };
}

async function readPackage(file: RandomAccess): Promise<{ plan: Plan; sources: Source[] }> {
  const outer = await ZipArchive.open(file);
  const within = imagesWithin(outer);
  const zip = within === null ? outer : await ZipArchive.open(await outer.storedFile(within));
  const { requirements, tasks, images } = await planFactory(zip);
  const before = within === null ? [] : outerTasks(outer);
  const sources = [
    ...before.flatMap((task) => ('image' in task ? [sourceIn(outer, task.image)] : [])),
    ...images.map(({ entry }) => sourceIn(zip, entry)),
  ];
  return { plan: { within, outerTasks: before, requirements, tasks }, sources };
}

function sourceIn(zip: ZipArchive, entry: string): Source {
  return { zip, entry, sizeBytes: zip.entries.get(entry)?.sizeBytes ?? 0 };
}

async function hashOf({ zip, entry, sizeBytes }: Source): Promise<FactoryImage> {
  const hash = createHash('sha256');
  for await (const piece of zip.stream(entry)) hash.update(piece);
  return { entry, sizeBytes, sha256: hash.digest('hex') };
}
