/** How large a picture may be, and how long its codes may take. */
import { maxPictureCodes } from '../contract/qr.ts';

/** What a picture may be. A photo of 50 million pixels takes 2 to 4 s on one core of 2 GHz. */
export const pictureLimits = {
  /** A photo of 50 million pixels has 10 to 25 MB as JPEG, and up to 60 MB as PNG. */
  fileBytes: 64 * 1024 * 1024,
  pixels: 64_000_000,
  /** Thread, decoder, pixels and codes together. */
  decodeMs: 15_000,
  codes: maxPictureCodes,
} as const;
