/**
 * A factory package: the zip that `fastboot update` takes, with images and what they ask of the
 * terminal; or the vendor's larger zip around it, with boot loader and radio beside it.
 */
import { packageMalformed } from '../firmware-error.ts';
import type { ZipArchive } from '../zip/zip-archive.ts';
import { parseAndroidInfo, type Requirement } from './android-info.ts';
import { defaultTasks, parseFastbootInfo, type FlashTask } from './flash-tasks.ts';

export interface FactoryPlan {
  readonly requirements: readonly Requirement[];
  readonly tasks: readonly FlashTask[];
  /** Entries that the tasks need, once each, in order. */
  readonly images: readonly { readonly entry: string; readonly sizeBytes: number }[];
}

const infoName = 'android-info.txt';
const tasksName = 'fastboot-info.txt';
const maxTextBytes = 256 * 1024;

/** The entry that is the zip with the images, where this is one around it; null: it is none. */
export function imagesWithin(zip: ZipArchive): string | null {
  if (zip.entries.has(infoName)) return null;
  const inner = [...zip.entries.keys()].filter((name) => /(?:^|\/)image-[^/]*\.zip$/.test(name));
  return inner.length === 1 ? (inner[0] ?? null) : null;
}

/** Throws FirmwareError `package-malformed`. */
export async function planFactory(zip: ZipArchive): Promise<FactoryPlan> {
  const requirements = parseAndroidInfo(await textOf(zip, infoName));
  // Without a word about the model, nothing keeps it off another one.
  if (!requirements.some(({ name }) => name === 'product')) throw packageMalformed('requirements');
  const tasks = zip.entries.has(tasksName)
    ? parseFastbootInfo(await textOf(zip, tasksName), zip.entries)
    : defaultTasks(zip.entries);
  const images = imagesOf(zip, tasks);
  if (images.length === 0) throw packageMalformed('no-images');
  return { requirements, tasks, images };
}

/** Boot loader and radio of the zip around; each is followed by a restart (AOSP's flash-all.sh). */
export function outerTasks(outer: ZipArchive): FlashTask[] {
  const names = [...outer.entries.keys()];
  return ['bootloader', 'radio'].flatMap((partition): FlashTask[] => {
    const found = names.filter((name) => new RegExp(`(?:^|/)${partition}-[^/]*\\.img$`).test(name));
    const [image, ...more] = found;
    if (image === undefined) return [];
    if (more.length > 0) throw packageMalformed('tasks');
    return [
      { kind: 'flash', partition, image, slot: 'this', ifWiping: false },
      { kind: 'restart', into: 'bootloader' },
    ];
  });
}

function imagesOf(zip: ZipArchive, tasks: readonly FlashTask[]): FactoryPlan['images'] {
  const names = tasks.flatMap((task) => ('image' in task ? [task.image] : []));
  return [...new Set(names)].map((entry) => {
    const found = zip.entries.get(entry);
    if (!found) throw packageMalformed('entry-missing', { entry });
    return { entry, sizeBytes: found.sizeBytes };
  });
}

async function textOf(zip: ZipArchive, name: string): Promise<string> {
  return new TextDecoder().decode(await zip.read(name, maxTextBytes));
}
