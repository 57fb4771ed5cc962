/** Base64 tables (RFC 4648 section 4), indexed by sextet and by character. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export const characterOf: Uint8Array = Uint8Array.from(ALPHABET, (c) => c.charCodeAt(0));
/** −1 for a byte that is no base64 character. */
export const sextetOf: Int8Array = new Int8Array(256).fill(-1);
characterOf.forEach((character, sextet) => (sextetOf[character] = sextet));

export const PADDING = 0x3d;
