/** The parts of a factory package: what it asks, what it flashes, and where each image stands. */
import type { RandomAccess } from '../random-access.ts';
import { ZipArchive } from '../zip/zip-archive.ts';
import type { Requirement } from './android-info.ts';
import { imagesWithin, outerTasks, planFactory } from './factory-package.ts';
import type { FlashTask } from './flash-tasks.ts';

/** An image that is flashed, and the zip it is in. */
export interface ImageSource {
  readonly zip: ZipArchive;
  readonly entry: string;
  readonly sizeBytes: number;
}

export interface FactoryContents {
  /** The zip with the images, where this is one around it; its tasks come after `outerTasks`. */
  readonly within: string | null;
  /** Of boot loader and radio, whose images are entries of the zip around. */
  readonly outerTasks: readonly FlashTask[];
  readonly requirements: readonly Requirement[];
  readonly tasks: readonly FlashTask[];
}

export interface OpenFactory {
  readonly contents: FactoryContents;
  /** Of every image once, those of the zip around first. */
  readonly sources: readonly ImageSource[];
}

const infoName = 'android-info.txt';

/** Whether a zip is such a package at all, as its directory tells. */
export function isFactoryZip(zip: ZipArchive): boolean {
  return zip.entries.has(infoName) || imagesWithin(zip) !== null;
}

/** The file stays the caller's to close. Throws FirmwareError `package-malformed`, `file-changed`. */
export async function openFactory(file: RandomAccess): Promise<OpenFactory> {
  const outer = await ZipArchive.open(file);
  const within = imagesWithin(outer);
  const zip = within === null ? outer : await ZipArchive.open(await outer.storedFile(within));
  const { requirements, tasks, images } = await planFactory(zip);
  const before = within === null ? [] : outerTasks(outer);
  const sources = [
    ...before.flatMap((task) => ('image' in task ? [sourceIn(outer, task.image)] : [])),
    ...images.map(({ entry }) => sourceIn(zip, entry)),
  ];
  return { contents: { within, outerTasks: before, requirements, tasks }, sources };
}

function sourceIn(zip: ZipArchive, entry: string): ImageSource {
  return { zip, entry, sizeBytes: zip.entries.get(entry)?.sizeBytes ?? 0 };
}
