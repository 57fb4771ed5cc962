/** Where a report finds the photos of its case: the record has their names and hashes, no pixels. */

export type PhotoSource =
  | { readonly kind: 'inline'; readonly bytes: Uint8Array }
  /** Beside the report, in a bundle. */
  | { readonly kind: 'file'; readonly path: string }
  /** Not there any more, or no longer what it was. */
  | { readonly kind: 'lost' }
  /** With the others it would be too much for one file. */
  | { readonly kind: 'left-out' };

/** By the evidence's id. */
export type PhotoSources = ReadonlyMap<string, PhotoSource>;

/** Of all photos in one report. In base64 they take a third more. */
export const maxInlineBytes = 24 * 1024 * 1024;
