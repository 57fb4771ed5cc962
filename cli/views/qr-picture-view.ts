/** The codes of a picture, one after the other, each under the place where it stands. */
import {
  maxPictureCodes,
  type PictureCode,
  type PictureInspection,
} from '../../native-bridge/contract/qr.ts';
import { cleanText } from '../../native-bridge/wording/index.ts';
import { wrap } from '../output/width.ts';
import type { Shell } from '../shell.ts';
import { qrJudgement } from './qr-comparisons.ts';
import { qrView } from './qr-view.ts';

export function qrPictureView(picture: PictureInspection, shell: Shell): string {
  const { codes } = picture;
  const file = cleanText(picture.file, 80);
  if (codes.length === 0) {
    const what = shell.words('qr_picture_none', { file });
    return [what, ...wrap(shell.words('qr_picture_none_next', {}), shell.columns)].join('\n');
  }
  const [only, ...others] = codes;
  if (only !== undefined && others.length === 0) {
    const head = shell.style.dim(shell.words('qr_picture_one', { file }));
    return `${head}\n${qrView(only.inspection, shell)}`;
  }
  const head = shell.style.dim(shell.words('qr_picture_several', { file, count: codes.length }));
  const parts = codes.map((code) => `${placeOf(code, shell)}\n${qrView(code.inspection, shell)}`);
  const all = codes.length < maxPictureCodes;
  const more = all ? [] : [shell.words('qr_picture_most', { count: maxPictureCodes })];
  const between = picture.between.map((row) => qrJudgement(row, shell));
  return [[head, ...between].join('\n'), ...parts, ...more].join('\n\n');
}

function placeOf({ row, column, format }: PictureCode, shell: Shell): string {
  const place = shell.words('qr_place', { row, number: column });
  return format.startsWith('QRCode')
    ? place
    : shell.words('qr_place_format', { place, format: cleanText(format, 20) });
}
