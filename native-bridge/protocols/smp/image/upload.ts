import { type SmpCommand } from '../command.ts';
import { optional, readCount, readFlag } from '../fields.ts';
import { GROUP } from '../groups.ts';

/** What only the request at offset 0 carries. */
export interface UploadStart {
  readonly totalBytes: number;
  /** SHA-256 of the whole file: makes the upload resumable, and lets the device check it. */
  readonly sha256: Uint8Array | null;
  /** Which of several images; null: the first. */
  readonly image: number | null;
  /** The device is to refuse a version that is not newer. */
  readonly upgradeOnly: boolean;
}

export interface UploadParams {
  readonly offsetBytes: number;
  readonly data: Uint8Array;
  readonly start: UploadStart | null;
}

export interface UploadReply {
  /** What the device wants next: where it is, not always where the request ended. */
  readonly offsetBytes: number | null;
  /** With the last piece, where the device checks: does the whole match `sha256`? */
  readonly match: boolean | null;
}

/**
 * A piece of an image. One that the device has already is answered with the offset it wants, so
 * sending it again does no harm. Zephyr, image group, "Image upload".
 */
export const imageUpload: SmpCommand<UploadParams, UploadReply> = {
  name: 'image/upload',
  group: GROUP.image,
  id: 1,
  operation: 'write',
  idempotent: true,
  encode: ({ offsetBytes, data, start }) => ({
    off: offsetBytes,
    data,
    len: start?.totalBytes,
    sha: start?.sha256 ?? undefined,
    image: start?.image ?? undefined,
    upgrade: start?.upgradeOnly === true ? true : undefined,
  }),
  decode: (body) => ({
    offsetBytes: optional(readCount, body, 'off'),
    match: optional(readFlag, body, 'match'),
  }),
};
