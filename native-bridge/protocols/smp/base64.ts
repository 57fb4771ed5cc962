/**
 * Base64 tables (RFC 4648 section 4), made so that a group of three bytes needs few steps: twelve
 * bits give two characters at once, and a character gives its six bits already in their place.
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export const PADDING = 0x3d;

const characters = Uint8Array.from(ALPHABET, (c) => c.charCodeAt(0));

/** The first and the second character of twelve bits. */
export const firstOf: Uint8Array = Uint8Array.from({ length: 4096 }, (_, bits) => at(bits >> 6));
export const secondOf: Uint8Array = Uint8Array.from({ length: 4096 }, (_, bits) => at(bits & 63));

/** Six bits of a character; −1 for a byte that is none. */
export const sextetOf: Int8Array = new Int8Array(256).fill(-1);
characters.forEach((character, sextet) => (sextetOf[character] = sextet));

/** The same, moved to the place of the first, second and third character of a group. */
export const sextet18Of: Int32Array = moved(18);
export const sextet12Of: Int32Array = moved(12);
export const sextet6Of: Int32Array = moved(6);

function at(sextet: number): number {
  return characters[sextet] as number;
}

function moved(bits: number): Int32Array {
  return Int32Array.from(sextetOf, (sextet) => (sextet < 0 ? -1 : sextet << bits));
}
