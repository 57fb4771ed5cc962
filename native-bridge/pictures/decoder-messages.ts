/** What travels between the thread that decodes a picture and whoever asked for it. */
import type { ReadableKind } from './kind.ts';
import type { PictureSize } from './size.ts';

export interface DecoderTask extends PictureSize {
  readonly kind: ReadableKind;
  readonly picture: Uint8Array<ArrayBuffer>;
  readonly wasm: ArrayBuffer;
  readonly maxCodes: number;
}

/** What the thread gets that stays for a camera's frames, which follow as messages. */
export interface FrameTask {
  readonly wasm: ArrayBuffer;
}

/** A camera's frame: a byte of brightness a pixel, rows from the top. */
export interface Frame extends PictureSize {
  readonly luma: Uint8Array;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A code as it stands in the picture. */
export interface FoundCode {
  /** `QRCode`, `Code128`, … : zxing-cpp's name. */
  readonly format: string;
  readonly text: string;
  /** In pixels of the picture, clockwise from the code's own top left. */
  readonly corners: readonly [Point, Point, Point, Point];
}

export type DecoderReply =
  | { readonly ok: true; readonly codes: readonly FoundCode[] }
  /** The picture can't be decoded; `detail` is for the log. */
  | { readonly ok: false; readonly detail: string };
