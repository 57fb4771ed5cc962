/* eslint-disable no-control-regex -- control characters are what this is about */
/**
 * Text from a device is hostile: terminal escapes, control characters and bidi controls are taken
 * out, what looks like a secret is masked.
 */
import { maskSecrets } from '../protocols/masking.ts';
import { hidden } from '../protocols/masking/hidden.ts';
import { cutText } from '../protocols/masking/seam.ts';

// CSI and OSC sequences, other two-byte escapes (ECMA-48).
const escapes =
  /\u001b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\u0007\u001b]{0,1024}(?:\u0007|\u001b\\)?|[ -~])/g;
const controls =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text as it may be shown, digits and keys included: only for values known to be no secret. */
export function visibleText(text: string): string {
  return text.replaceAll(escapes, '').replaceAll(controls, '');
}

export function plainText(text: string): string {
  return maskSecrets(visibleText(text));
}

/**
 * As `plainText`, of a text that goes on where `before` ended. Where only the whole tells that there
 * is a secret, its beginning was shown already: its end is not, nor are the last digits of a card.
 */
export function plainContinuation(before: string, text: string): string {
  const shown = plainText(before);
  const whole = plainText(before + text);
  if (whole.startsWith(shown)) return whole.slice(shown.length);
  const rest = sameAtEnd(whole, visibleText(text));
  return hidden + rest.replace(/^[0-9]+/, '');
}

function sameAtEnd(one: string, other: string): string {
  let count = 0;
  while (count < other.length && one.at(-1 - count) === other.at(-1 - count)) count++;
  return other.slice(other.length - count);
}

/** At most this many characters of a reply are kept as evidence. */
const excerptLength = 2048;

export function excerpt(text: string): string {
  return plainText(cutText(text, excerptLength)).slice(0, excerptLength);
}
