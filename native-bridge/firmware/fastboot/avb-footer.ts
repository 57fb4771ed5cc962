/**
 * Where verified boot looks for an image's footer: in the last bytes of its partition. A boot image
 * that is smaller than its partition is sent as large as that, with its footer at the new end as well
 * (AOSP, fastboot.cpp, copy_avb_footer and flash_buf, whose three partitions these are).
 */
import type { RandomAccess } from '../random-access.ts';
import { rawImage, type PartitionImage } from './image.ts';

const footerBytes = 64;
const magic = [0x41, 0x56, 0x42, 0x66];
const moved = /^(?:boot|init_boot|recovery)(?:_[ab])?$/;

/** `partition`: with its slot; `partitionBytes`: null where the boot loader does not tell. */
export async function withFooterAtEnd(
  image: PartitionImage,
  partition: string,
  partitionBytes: number | null,
): Promise<PartitionImage> {
  const { file, sparse } = image;
  const isLarger = partitionBytes !== null && partitionBytes > file.sizeBytes;
  if (!moved.test(partition) || sparse || !isLarger || file.sizeBytes < footerBytes) return image;
  const footer = await file.read(file.sizeBytes - footerBytes, footerBytes);
  if (!magic.every((byte, at) => footer[at] === byte)) return image;
  return rawImage(extended(file, footer, partitionBytes));
}

/** The file, zeros, and the footer once more. */
function extended(file: RandomAccess, footer: Uint8Array, sizeBytes: number): RandomAccess {
  // They may lie over each other: the footer wins.
  const footerAt = sizeBytes - footer.length;
  return {
    sizeBytes,
    read: async (offsetBytes, lengthBytes) => {
      const bytes = new Uint8Array(lengthBytes);
      const ofFile = Math.min(lengthBytes, file.sizeBytes - offsetBytes);
      if (ofFile > 0) bytes.set(await file.read(offsetBytes, ofFile));
      const from = Math.max(offsetBytes, footerAt);
      const end = offsetBytes + lengthBytes;
      if (end > from)
        bytes.set(footer.subarray(from - footerAt, end - footerAt), from - offsetBytes);
      return bytes;
    },
  };
}
