/**
 * Packages for Android, which have gigabytes: inspected once, then read where they are, and never as
 * another file than the one that was inspected.
 */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import { readVbmetaKey } from '../../firmware/avb/key.ts';
import { imageOfFactory } from '../../firmware/fastboot/factory-image.ts';
import { inspectFactory } from '../../firmware/fastboot/inspect-factory.ts';
import { readCertificateFile, readVbmetaKeyFile } from '../../firmware/files.ts';
import { inspectOta } from '../../firmware/ota/inspect-ota.ts';
import { imageOfOta } from '../../firmware/ota/ota-image.ts';
import { DiskFile } from '../../firmware/random-access.ts';
import { readVendorCertificate } from '../../firmware/vendor-certificate.ts';
import type { Context } from '../context.ts';
import { trustedCertificates, trustedVbmetaKeys } from '../trusted-keys.ts';
import type { FactoryFile, InspectAgainst, OtaFile } from './firmware-file.ts';

/** As an update package, whatever it is. */
export async function loadPackage(
  context: Context,
  fileId: string,
  { family, keyFileIds, devices }: InspectAgainst,
  signal: AbortSignal | undefined,
): Promise<OtaFile> {
  const own = family?.certificates ?? [];
  const given = await Promise.all(
    keyFileIds.map((id) => readCertificateFile(context.files.path(id))),
  );
  const certificates = [
    ...own.map(({ name, pem }) => readVendorCertificate(name, pem)),
    ...given,
    ...(await trustedCertificates(context)),
  ];
  return await opened(context, fileId, async (disk) => {
    const ota = await resultOf(inspectOta(disk, certificates), signal);
    return {
      format: 'android-ota',
      ota,
      inspection: imageOfOta(ota, devices),
      sizeBytes: disk.sizeBytes,
      read: unchanged(disk),
      close: () => disk.close(),
    };
  });
}

/** As a factory package, whatever it is. */
export async function loadFactory(
  context: Context,
  fileId: string,
  { family, keyFileIds }: InspectAgainst,
  signal: AbortSignal | undefined,
): Promise<FactoryFile> {
  const own = (family?.fastboot?.keys ?? []).map(({ name, pem }) => readVbmetaKey(name, pem));
  const given = await Promise.all(
    keyFileIds.map((id) => readVbmetaKeyFile(context.files.path(id))),
  );
  const keys = [...own, ...given];
  const trusted = await trustedVbmetaKeys(context);
  return await opened(context, fileId, async (disk) => {
    const factory = await resultOf(inspectFactory(disk, [...keys, ...trusted]), signal);
    return {
      format: 'android-factory',
      factory,
      inspection: imageOfFactory(factory, keys.length > 0),
      sizeBytes: disk.sizeBytes,
      zip: { sizeBytes: disk.sizeBytes, read: unchanged(disk) },
      close: () => disk.close(),
    };
  });
}

async function opened<T>(
  context: Context,
  fileId: string,
  inspect: (disk: DiskFile) => Promise<T>,
): Promise<T> {
  const disk = await DiskFile.open(context.files.path(fileId));
  try {
    const file = await inspect(disk);
    await disk.assertUnchanged();
    return file;
  } catch (error) {
    await disk.close();
    throw error;
  }
}

function unchanged(disk: DiskFile): DiskFile['read'] {
  return async (offsetBytes, lengthBytes) => {
    await disk.assertUnchanged();
    return await disk.read(offsetBytes, lengthBytes);
  };
}

async function resultOf<T>(
  looks: AsyncGenerator<unknown, T, void>,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (;;) {
    const step = await looks.next();
    if (step.done === true) return step.value;
    if (signal?.aborted === true) throw new BridgeFault('cancelled');
  }
}
