/** Codes of graded difficulty, made for the scanner test: as drawings and as pictures. */
import type { DrawnCode, GradedCode } from '../../contract/scanner.ts';
import { drawingOf } from './drawing.ts';
import { gradedCodes } from './graded.ts';
import { modulesOf } from './modules.ts';
import { pngOf } from './png.ts';

export { gradedCodes } from './graded.ts';

export async function drawnCodes(): Promise<DrawnCode[]> {
  const drawn: DrawnCode[] = [];
  for (const code of gradedCodes) {
    drawn.push({ ...code, drawing: drawingOf(code, await modulesOf(code)) });
  }
  return drawn;
}

export interface CodePicture {
  /** `posbench-07-m-15.png`: sorts in the order of the test. */
  readonly name: string;
  readonly png: Uint8Array;
}

export async function codePictures(modulePixels: number): Promise<CodePicture[]> {
  const pictures: CodePicture[] = [];
  for (const code of gradedCodes) {
    pictures.push({ name: fileName(code), png: pngOf(code, await modulesOf(code), modulePixels) });
  }
  return pictures;
}

function fileName({ number, text, form }: GradedCode): string {
  const said = form === null ? text : `POSBENCH ${String(number).padStart(2, '0')} ${form}`;
  return `${said.toLowerCase().replaceAll(' ', '-')}.png`;
}
