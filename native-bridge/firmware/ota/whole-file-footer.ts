/**
 * Where an update keeps its signature (AOSP, bootable/recovery, install/verifier.cpp): in the zip's
 * comment. Its last six bytes, little-endian: how far from the end the signature begins, FFFF, the
 * comment's size. Signed is everything before the comment's length.
 */
import type { RandomAccess } from '../random-access.ts';

export type FooterProblem = 'footer-sizes' | 'second-directory';

export type WholeFileFooter =
  | { readonly state: 'signed'; readonly signedBytes: number; readonly cms: Uint8Array }
  | { readonly state: 'unsigned' }
  | { readonly state: 'wrong'; readonly problem: FooterProblem };

const footerBytes = 6;
const endRecordBytes = 22;
const endRecordMagic = Buffer.of(0x50, 0x4b, 0x05, 0x06);

export async function readFooter(file: RandomAccess): Promise<WholeFileFooter> {
  if (file.sizeBytes < endRecordBytes + footerBytes) return { state: 'unsigned' };
  const footer = view(await file.read(file.sizeBytes - footerBytes, footerBytes));
  const signatureStart = footer.getUint16(0, true);
  const commentBytes = footer.getUint16(4, true);
  if (footer.getUint16(2, true) !== 0xffff || commentBytes === 0) return { state: 'unsigned' };
  const tailBytes = commentBytes + endRecordBytes;
  const isSound = signatureStart > footerBytes && signatureStart <= commentBytes;
  if (!isSound || tailBytes > file.sizeBytes) return { state: 'wrong', problem: 'footer-sizes' };
  const tail = Buffer.from(await file.read(file.sizeBytes - tailBytes, tailBytes));
  if (tail.indexOf(endRecordMagic) !== 0) return { state: 'wrong', problem: 'footer-sizes' };
  // Whoever looks for the directory from the end would find another one.
  if (tail.includes(endRecordMagic, 1)) return { state: 'wrong', problem: 'second-directory' };
  return {
    state: 'signed',
    signedBytes: file.sizeBytes - commentBytes - 2,
    cms: tail.subarray(tailBytes - signatureStart, tailBytes - footerBytes),
  };
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
