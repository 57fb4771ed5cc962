/** Which kind of package a file is, by its directory alone. */
import { isFactoryZip } from './fastboot/open-factory.ts';
import { FirmwareError } from './firmware-error.ts';
import { isOtaZip } from './ota/inspect-ota.ts';
import { DiskFile } from './random-access.ts';
import { ZipArchive } from './zip/zip-archive.ts';

export type PackageKind = 'android-ota' | 'android-factory';

/** null: no package for Android. Throws as DiskFile.open. */
export async function packageKind(path: string): Promise<PackageKind | null> {
  const disk = await DiskFile.open(path);
  try {
    const zip = await ZipArchive.open(disk);
    if (isOtaZip(zip)) return 'android-ota';
    return isFactoryZip(zip) ? 'android-factory' : null;
  } catch (error) {
    if (error instanceof FirmwareError && error.code === 'package-malformed') return null;
    throw error;
  } finally {
    await disk.close();
  }
}
