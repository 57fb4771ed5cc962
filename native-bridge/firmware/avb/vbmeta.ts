/**
 * Android Verified Boot's vbmeta image (AOSP, external/avb/libavb, avb_vbmeta_image.h): a header of
 * 256 bytes, a block with hash and signature, a block with descriptors and the public key. It vouches
 * for the images of a build, names the build, and names the keys of others who vouch for the rest.
 */
import { readDescriptors, type Descriptors } from './descriptors.ts';
import { slice, sizeAt, text, viewOf } from './fields.ts';

export interface Vbmeta extends Descriptors {
  /** 0: not signed. */
  readonly algorithmType: number;
  /** Of the first one: `vbmetaFlags`. None may be set in one that is chained. */
  readonly flags: number;
  /** What is signed: the header and the block of descriptors. */
  readonly signedParts: readonly Uint8Array[];
  readonly signature: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** What the terminal is not to check when it starts (AvbVBMetaImageFlags). */
export const vbmetaFlags = { treesUnchecked: 1, nothingChecked: 2 } as const;

const headerBytes = 256;
/** libavb reads no more of a partition (avb_slot_verify.c, VBMETA_MAX_SIZE). */
export const maxVbmetaBytes = 64 * 1024;
export const vbmetaMagic = 'AVB0';

/** null: no such image, or one whose sizes can't be so. */
export function readVbmeta(bytes: Uint8Array): Vbmeta | null {
  if (bytes.length < headerBytes || bytes.length > maxVbmetaBytes) return null;
  if (text(bytes.subarray(0, 4)) !== vbmetaMagic) return null;
  const view = viewOf(bytes);
  const number = (at: number): number => sizeAt(view, at);
  const authentication = slice(bytes, headerBytes, number(12));
  const auxiliary = slice(bytes, headerBytes + number(12), number(20));
  if (!authentication || !auxiliary) return null;
  const signature = slice(authentication, number(48), number(56));
  // Only inside of what is signed.
  const publicKey = slice(auxiliary, number(64), number(72));
  const descriptors = slice(auxiliary, number(96), number(104));
  if (!signature || !publicKey || !descriptors) return null;
  const read = readDescriptors(descriptors);
  return (
    read && {
      algorithmType: view.getUint32(28),
      flags: view.getUint32(120),
      signedParts: [bytes.subarray(0, headerBytes), auxiliary],
      signature,
      publicKey,
      ...read,
    }
  );
}
