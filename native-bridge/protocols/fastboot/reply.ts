/**
 * One reply: four letters and up to 252 bytes (AOSP, system/core/fastboot/README.md, "Transport and
 * Framing"; 60 bytes before Android 9). INFO and TEXT come in any number before the one that ends a
 * command: OKAY, FAIL, or DATA, which asks for the bytes that were announced.
 */
import { FastbootFormatError } from './errors.ts';

export const maxReplyBytes = 256;

export type FastbootReply =
  | { readonly kind: 'okay' | 'fail' | 'info' | 'text'; readonly text: string }
  | { readonly kind: 'data'; readonly sizeBytes: number };

const kinds = new Map([
  ['OKAY', 'okay'],
  ['FAIL', 'fail'],
  ['INFO', 'info'],
  ['TEXT', 'text'],
] as const);

/** Throws FastbootFormatError. Text is the device's own: hostile until it is shown as text. */
export function decodeReply(bytes: Uint8Array): FastbootReply {
  if (bytes.length > maxReplyBytes) throw new FastbootFormatError('reply-long');
  const letters = String.fromCharCode(...bytes.subarray(0, 4));
  // Some boot loaders send the rest of their buffer along.
  const text = new TextDecoder().decode(bytes.subarray(4)).replace(/\0[^]*$/, '');
  if (letters === 'DATA') return { kind: 'data', sizeBytes: dataSize(text) };
  const kind = kinds.get(letters as 'OKAY');
  if (kind === undefined) throw new FastbootFormatError('not-a-reply');
  return { kind, text };
}

function dataSize(text: string): number {
  const digits = /^([0-9a-fA-F]{8})\s*$/.exec(text)?.[1];
  if (digits === undefined) throw new FastbootFormatError('data-size');
  return parseInt(digits, 16);
}
