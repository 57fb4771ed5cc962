/**
 * A code as a PNG (ISO/IEC 15948) in 8 bits of grey. Its physical resolution is in it, so that it
 * prints in its size.
 */
// eslint-disable-next-line n/no-unsupported-features/node-builtins -- Node 20.15 and later have it
import { crc32, deflateSync } from 'node:zlib';
import type { GradedCode } from '../../contract/scanner.ts';
import { greyOf, shades, sideOf } from './drawing.ts';
import type { Modules } from './modules.ts';

/** A crooked edge is looked at in so many places of each pixel, each way. */
const samples = 4;

export function pngOf(code: GradedCode, modules: Modules, modulePixels: number): Buffer {
  const sidePixels = sideOf(modules.length, code.rotatedDegrees) * modulePixels;
  const ink = inkAt(code, modules, sidePixels / modulePixels);
  const { light, dark } = shades(code);
  const grid = code.rotatedDegrees % 90 === 0 ? 1 : samples;
  // A filter byte before each line.
  const lines = Buffer.alloc(sidePixels * (sidePixels + 1));
  for (let y = 0; y < sidePixels; y++) {
    for (let x = 0; x < sidePixels; x++) {
      const share = shareOf(ink, x, y, { grid, modulePixels });
      const isDark = code.inverted ? 1 - share : share;
      lines[y * (sidePixels + 1) + 1 + x] = mixed(light, dark, isDark, code.contrastPercent);
    }
  }
  return fileOf(sidePixels, modulePixels / (code.sizeMm / modules.length), lines);
}

/** Greys mix by the light they reflect. */
function mixed(light: number, dark: number, share: number, contrastPercent: number): number {
  if (share === 0) return light;
  return share === 1 ? dark : greyOf(1 - (share * contrastPercent) / 100);
}

type Ink = (x: number, y: number) => boolean;

/** Whether there is a module at a place, in modules from the top left. */
function inkAt({ rotatedDegrees }: GradedCode, modules: Modules, sideModules: number): Ink {
  const radians = (-rotatedDegrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  const middle = sideModules / 2;
  const own = modules.length / 2;
  return (x, y) => {
    const [dx, dy] = [x - middle, y - middle];
    const column = Math.floor(dx * cos - dy * sin + own);
    const row = Math.floor(dx * sin + dy * cos + own);
    return modules[row]?.[column] === true;
  };
}

function shareOf(
  ink: Ink,
  x: number,
  y: number,
  { grid, modulePixels }: { readonly grid: number; readonly modulePixels: number },
): number {
  let hits = 0;
  for (let i = 0; i < grid; i++) {
    for (let j = 0; j < grid; j++) {
      const atX = (x + (i + 0.5) / grid) / modulePixels;
      const atY = (y + (j + 0.5) / grid) / modulePixels;
      if (ink(atX, atY)) hits++;
    }
  }
  return hits / (grid * grid);
}

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function fileOf(sidePixels: number, pixelsPerMm: number, lines: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sidePixels, 0);
  header.writeUInt32BE(sidePixels, 4);
  header.writeUInt8(8, 8);
  const physical = Buffer.alloc(9);
  const perMetre = Math.round(pixelsPerMm * 1000);
  physical.writeUInt32BE(perMetre, 0);
  physical.writeUInt32BE(perMetre, 4);
  physical.writeUInt8(1, 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('pHYs', physical),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
