/** A photo that is to be kept: a JPEG or PNG of bounded size, without what the camera wrote beside it. */
import { maxPhotoBytes, type Photo } from '../contract/evidence.ts';
import { leanJpeg } from './lean-jpeg.ts';
import { leanPng } from './lean-png.ts';
import { openPicture, type Picture } from './open-picture.ts';
import { PictureError } from './picture-error.ts';

type OpenedPhoto = Pick<Photo, 'name' | 'mediaType' | 'widthPixels' | 'heightPixels'> & {
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/**
 * Throws PictureError as `openPicture`; also `picture-unknown` for a GIF or BMP, and
 * `picture-damaged` where it ends before its end.
 */
export async function openPhoto(path: string): Promise<OpenedPhoto> {
  const picture = await openPicture(path, maxPhotoBytes);
  const { name, widthPixels, heightPixels } = picture;
  const { mediaType, bytes } = lean(picture);
  if (bytes === null) throw new PictureError('picture-damaged', { file: name });
  return { name, mediaType, widthPixels, heightPixels, bytes };
}

interface Lean {
  readonly mediaType: Photo['mediaType'];
  /** null: damaged. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

function lean({ kind, name, bytes }: Picture): Lean {
  switch (kind) {
    case 'jpeg':
      return { mediaType: 'image/jpeg', bytes: leanJpeg(bytes) };
    case 'png':
      return { mediaType: 'image/png', bytes: leanPng(bytes) };
    case 'gif':
    case 'bmp':
      throw new PictureError('picture-unknown', { file: name, pictureKind: kind.toUpperCase() });
  }
}
