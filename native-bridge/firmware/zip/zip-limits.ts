/**
 * What an archive may claim of itself. Checked on the central directory alone, before anything is
 * unpacked: a zip bomb lies or overlaps there already.
 */
import { validateFileName } from 'yauzl';
import { packageMalformed } from '../firmware-error.ts';

/** An app may have tens of thousands of files; firmware has dozens. */
export const maxEntries = 65_535;
/** Larger than any terminal's flash memory. */
const maxTotalBytes = 64 * 2 ** 30;
/** Deflate can't do better: 258 bytes from two bits (RFC 1951). */
const maxDeflateRatio = 1032;
/** An archive as a whole; images of mostly zeros come close, and only below `smallBytes` pass it. */
const maxTotalRatio = 200;
const smallBytes = 2 ** 30;
/** Fixed part of a local header (APPNOTE 4.3.7). */
const localHeaderBytes = 30;

export interface ClaimedEntry {
  readonly name: string;
  readonly nameBytes: number;
  readonly stored: boolean;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
  readonly headerOffsetBytes: number;
}

/** Throws FirmwareError `package-malformed`: names that climb out of a folder, or hide something. */
export function checkName(name: string): void {
  const isHidden = name === '' || /\p{Cc}/u.test(name) || name.includes('\\');
  if (isHidden || validateFileName(name) !== null) throw packageMalformed('bad-name');
}

/** Throws FirmwareError `package-malformed`: sizes that can't be, entries over each other. */
export function checkClaims(entries: readonly ClaimedEntry[], fileBytes: number): void {
  let totalBytes = 0;
  for (const { stored, compressedBytes, sizeBytes } of entries) {
    const mostBytes = stored ? compressedBytes : (compressedBytes + 8) * maxDeflateRatio;
    if (sizeBytes > mostBytes) throw packageMalformed('absurd-size');
    totalBytes += sizeBytes;
  }
  const isBomb = totalBytes > smallBytes && totalBytes > fileBytes * maxTotalRatio;
  if (totalBytes > maxTotalBytes || isBomb) throw packageMalformed('absurd-size');
  checkOverlaps(entries, fileBytes);
}

function checkOverlaps(entries: readonly ClaimedEntry[], fileBytes: number): void {
  const inOrder = entries.toSorted((a, b) => a.headerOffsetBytes - b.headerOffsetBytes);
  for (const [place, entry] of inOrder.entries()) {
    const endBytes =
      entry.headerOffsetBytes + localHeaderBytes + entry.nameBytes + entry.compressedBytes;
    const limitBytes = inOrder[place + 1]?.headerOffsetBytes ?? fileBytes;
    if (endBytes > limitBytes) throw packageMalformed('overlap');
  }
}
