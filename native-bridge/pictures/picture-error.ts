/** Why a picture is not read: code and facts; the words are in wording/. */
import type { Facts } from '../contract/common.ts';
import type { FaultCode } from '../contract/fault.ts';

/**
 * Facts by code: `file`; `pictureKind` with picture-unknown where it is a known kind;
 * `widthPixels`, `heightPixels`, `maxMegapixels` with picture-too-large; `timeoutMs` with
 * picture-too-slow; `picture` (its name) with file-changed and, with `sizeBytes` and `maxBytes`, with
 * file-too-large, and no `file`.
 */
export type PictureErrorCode = Extract<
  FaultCode,
  | 'picture-unknown'
  | 'picture-damaged'
  | 'picture-too-large'
  | 'picture-too-slow'
  | 'file-too-large'
  | 'file-changed'
  | 'file-missing'
  | 'file-unreadable'
>;

export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly code: PictureErrorCode;
  readonly facts: Facts;

  constructor(code: PictureErrorCode, facts: Facts, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.code = code;
    this.facts = facts;
  }
}
