/**
 * A photo as a viewer shows it: phones write the pixels as the sensor lies and say beside them which
 * way up they are, and decoders of codes do not heed that.
 * Source: Exif 2.32 (4.6.4, tag 274): the value says where the first row and the first column are.
 */
import type { Point } from './decoder-messages.ts';
import type { PictureSize } from './size.ts';

export interface Turned extends PictureSize {
  /** 1 to 8; 1 is as it is written. */
  readonly orientation: number;
}

/** From 5 on the rows are columns. */
export function uprightSize({ orientation, widthPixels, heightPixels }: Turned): PictureSize {
  return orientation < 5
    ? { widthPixels, heightPixels }
    : { widthPixels: heightPixels, heightPixels: widthPixels };
}

export function uprightPoint({ x, y }: Point, picture: Turned): Point {
  const right = picture.widthPixels - x;
  const below = picture.heightPixels - y;
  switch (picture.orientation) {
    case 2:
      return { x: right, y };
    case 3:
      return { x: right, y: below };
    case 4:
      return { x, y: below };
    case 5:
      return { x: y, y: x };
    case 6:
      return { x: below, y: x };
    case 7:
      return { x: below, y: right };
    case 8:
      return { x: y, y: right };
    default:
      return { x, y };
  }
}
