/**
 * What kind of picture a file is, by its first bytes; a name says nothing. Kinds that phones make and
 * the decoder does not read are told apart, so that the technician learns what to do about them.
 */

/** Those that the decoder (stb_image, in zxing-wasm) reads. */
export const readableKinds = ['png', 'jpeg', 'gif', 'bmp'] as const;
export type ReadableKind = (typeof readableKinds)[number];
export type PictureKind = ReadableKind | 'webp' | 'heic' | 'avif' | 'tiff' | 'pdf' | 'svg';

/** Enough for every kind below. */
export const kindBytes = 512;

/** `at`: where the bytes stand, from the beginning on. */
type Magic = readonly (readonly [at: number, bytes: string])[];

const magics: readonly (readonly [kind: PictureKind, magic: Magic])[] = [
  ['png', [[0, '\x89PNG\r\n\x1a\n']]],
  ['jpeg', [[0, '\xff\xd8\xff']]],
  ['gif', [[0, 'GIF87a']]],
  ['gif', [[0, 'GIF89a']]],
  // The two reserved words after the size are zero: text that begins with BM is no picture.
  [
    'bmp',
    [
      [0, 'BM'],
      [6, '\0\0\0\0'],
    ],
  ],
  [
    'webp',
    [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  ],
  ['heic', [[4, 'ftyphei']]],
  ['heic', [[4, 'ftyphev']]],
  ['heic', [[4, 'ftypmif1']]],
  ['heic', [[4, 'ftypmsf1']]],
  ['avif', [[4, 'ftypavi']]],
  ['tiff', [[0, 'II*\0']]],
  ['tiff', [[0, 'MM\0*']]],
  ['pdf', [[0, '%PDF-']]],
];

/** null: none of them. */
export function pictureKind(bytes: Uint8Array): PictureKind | null {
  const head = String.fromCharCode(...bytes.subarray(0, kindBytes));
  const found = magics.find(([, magic]) => magic.every(([at, text]) => head.startsWith(text, at)));
  if (found !== undefined) return found[0];
  return /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<svg[\s>]/iu.test(head)
    ? 'svg'
    : null;
}

export const isReadable = (kind: PictureKind): kind is ReadableKind =>
  (readableKinds as readonly string[]).includes(kind);
