/**
 * The images of a package as they are sent: each whole, the one that was inspected, and believed only
 * after all of it was looked at. Stored ones are read where they are; packed ones lie on the disk
 * until the flash is over.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BridgeFault } from '../../../contract/bridge-fault.ts';
import { readImage, type PartitionImage } from '../../../firmware/fastboot/image.ts';
import { openFactory, type ImageSource } from '../../../firmware/fastboot/open-factory.ts';
import { unpackEntry } from '../../../firmware/fastboot/unpack.ts';
import { DiskFile, type RandomAccess } from '../../../firmware/random-access.ts';
import type { FactoryFile } from '../firmware-file.ts';

export interface UnpackProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export class UnpackedImages {
  readonly #folder: string;
  readonly #images = new Map<string, PartitionImage>();
  readonly #open: DiskFile[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * `folder`: of this terminal alone; what an earlier flash left there is removed. Throws FirmwareError
   * `package-malformed` (a sparse image that lies), `disk-full`, `data-folder-unwritable`,
   * `file-changed`; then nothing is left.
   */
  static async *unpack(
    file: FactoryFile,
    folder: string,
  ): AsyncGenerator<UnpackProgress, UnpackedImages, void> {
    const images = new UnpackedImages(folder);
    let isWhole = false;
    try {
      yield* images.#unpackAll(file);
      isWhole = true;
    } finally {
      if (!isWhole) await images.close();
    }
    return images;
  }

  /** Throws RangeError for an entry that no task of the package names. */
  image(entry: string): PartitionImage {
    const image = this.#images.get(entry);
    if (!image) throw new RangeError(`not unpacked: ${entry}`);
    return image;
  }

  /** What each fills on its partition, in bytes. */
  get partitionBytes(): ReadonlyMap<string, number> {
    return new Map([...this.#images].map(([entry, { partitionBytes }]) => [entry, partitionBytes]));
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((file) => file.close()));
    await rm(this.#folder, { recursive: true, force: true });
  }

  async *#unpackAll(file: FactoryFile): AsyncGenerator<UnpackProgress, void, void> {
    await rm(this.#folder, { recursive: true, force: true });
    await mkdir(this.#folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw new BridgeFault('data-folder-unwritable', { folder: this.#folder }, { cause });
    });
    const { sources } = await openFactory(file.zip);
    const totalBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    let before = 0;
    for (const [index, source] of sources.entries()) {
      const bytes = yield* this.#one(file, source, index, (doneBytes) => ({
        doneBytes: before + doneBytes,
        totalBytes,
      }));
      this.#images.set(source.entry, await readImage(bytes));
      before += source.sizeBytes;
      yield { doneBytes: before, totalBytes };
    }
  }

  async *#one(
    file: FactoryFile,
    { zip, entry }: ImageSource,
    index: number,
    at: (doneBytes: number) => UnpackProgress,
  ): AsyncGenerator<UnpackProgress, RandomAccess, void> {
    if (zip.entries.get(entry)?.stored === true) return await zip.storedFile(entry);
    const path = join(this.#folder, `${index}.img`);
    const work = unpackEntry(zip, entry, path);
    let step = await work.next();
    for (; step.done !== true; step = await work.next()) yield at(step.value.doneBytes);
    const expected = file.factory.images[index]?.sha256;
    if (step.value !== expected) throw new BridgeFault('file-changed', { file: entry });
    const disk = await DiskFile.open(path);
    this.#open.push(disk);
    return disk;
  }
}
