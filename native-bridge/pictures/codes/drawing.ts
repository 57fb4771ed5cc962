/** A code as it is drawn: its modules as one path, with the quiet zone, colours and size it is to have. */
import type { CodeDrawing, GradedCode } from '../../contract/scanner.ts';
import type { Modules } from './modules.ts';

/** ISO/IEC 18004:2015, 5.3.8: four modules on each side. */
export const quietModules = 4;

export function drawingOf(code: GradedCode, modules: Modules): CodeDrawing {
  const sideModules = sideOf(modules.length, code.rotatedDegrees);
  const middle = sideModules / 2;
  const { light, dark } = shades(code);
  return {
    sideModules,
    sideMm: (code.sizeMm / modules.length) * sideModules,
    path: pathOf(modules, (sideModules - modules.length) / 2),
    transform:
      code.rotatedDegrees === 0 ? '' : `rotate(${code.rotatedDegrees} ${middle} ${middle})`,
    ink: hex(code.inverted ? light : dark),
    ground: hex(code.inverted ? dark : light),
  };
}

/** A code that stands crooked needs more room; whole and even, so that it stands in the middle. */
export function sideOf(codeModules: number, rotatedDegrees: number): number {
  const upright = codeModules + 2 * quietModules;
  if (rotatedDegrees % 90 === 0) return upright;
  const radians = (rotatedDegrees * Math.PI) / 180;
  const more = Math.abs(Math.sin(radians)) + Math.abs(Math.cos(radians));
  return upright + 2 * Math.ceil((upright * (more - 1)) / 2);
}

/** Each run of dark modules in a row is one rectangle. */
function pathOf(modules: Modules, offset: number): string {
  const runs = modules.flatMap((row, y) => {
    const found: string[] = [];
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue;
      let length = 1;
      while (row[x + length] === true) length++;
      found.push(`M${x + offset} ${y + offset}h${length}v1h-${length}z`);
      x += length;
    }
    return found;
  });
  return runs.join('');
}

/** Levels of grey, 0 to 255: white, and what is so much darker that the contrast is as asked. */
export function shades({ contrastPercent }: Pick<GradedCode, 'contrastPercent'>) {
  return { light: 255, dark: greyOf(1 - contrastPercent / 100) };
}

/** From reflectance (0 to 1) to sRGB (IEC 61966-2-1): what is half as bright is no half of 255. */
export function greyOf(reflectance: number): number {
  const encoded =
    reflectance <= 0.0031308 ? 12.92 * reflectance : 1.055 * reflectance ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}

const hex = (grey: number): string => `#${grey.toString(16).padStart(2, '0').repeat(3)}`;
