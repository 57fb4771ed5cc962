/**
 * One setting's value on the terminal: bytes. They are compared and put back as bytes; what is
 * shown is their text without control characters, or the bytes in hex where they are no text. It is not masked: whether a setting is a secret
 * is said by the profile, and a number that looks like a card's may be the merchant's.
 */
import type { Correction } from '../contract/correction.ts';
import type { Setting } from '../terminals/profile.ts';
import { toHex } from './firmware-state.ts';
import { visibleText } from './plain-text.ts';

/** null: the terminal has no such value. */
export type Value = Uint8Array | null;

export type CorrectionChange = Correction['changes'][number];

/** Where a setting is on the terminal. */
export type Place = Pick<Setting, 'source'>;

/** The place as one name: two kinds of places may call a setting the same. */
export function placeName({ source: { from, key } }: Place): string {
  return JSON.stringify([from, key]);
}

/** The value's text as it is; null: it has none, or its bytes are no UTF-8. */
export function textOf(value: Value): string | null {
  if (value === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
  } catch {
    return null;
  }
}

/** For people: text without control characters; bytes that are no text as `0x…`. */
export function shownText(value: Value): string | null {
  if (value === null) return null;
  const text = textOf(value);
  return text === null ? `0x${toHex(value)}` : visibleText(text);
}

/** False where the shown text is not the value byte by byte. */
export function isPlainText(value: Value): boolean {
  return value === null || textOf(value) === shownText(value);
}

export const hexOf = (value: Value): string | null => (value === null ? null : toHex(value));

/** The value of a kept change before it: by its bytes where its text does not say them. */
export function valueBefore({ before, bytes }: CorrectionChange): Value {
  return bytes ? fromHex(bytes.before) : encoded(before);
}

export function fromHex(hex: string | null): Value {
  return hex === null ? null : new Uint8Array(Buffer.from(hex, 'hex'));
}

export function encoded(text: string | null): Value {
  return text === null ? null : new TextEncoder().encode(text);
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
