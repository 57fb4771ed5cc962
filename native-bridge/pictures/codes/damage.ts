/**
 * Damage to a QR code as a torn corner does it: whole codewords next to each other, from the first
 * one at the bottom right. Error correction counts codewords, not modules: a fifth of all modules
 * spread evenly would spoil nearly every codeword, a fifth of the codewords spoils a fifth.
 * Where a codeword's modules are: ISO/IEC 18004:2015, 7.7.3; for versions 2 to 6, which have one
 * alignment pattern and no version information.
 */
import type { Modules } from './modules.ts';

const codewordBits = 8;

/** The modules of this share of the codewords turned over. */
export function damaged(modules: Modules, damagePercent: number): Modules {
  const places = dataPlaces(modules.length);
  const codewords = Math.floor(places.length / codewordBits);
  const spoilt = Math.round((codewords * damagePercent) / 100);
  const turned = new Set(
    places.slice(0, spoilt * codewordBits).map(([row, column]) => `${row},${column}`),
  );
  return modules.map((row, y) => row.map((dark, x) => dark !== turned.has(`${y},${x}`)));
}

type Place = readonly [row: number, column: number];

const timing = 6;

/** In the order of the bits: pairs of columns from the right, up and down by turns. */
function dataPlaces(side: number): Place[] {
  const places: Place[] = [];
  let up = true;
  for (let right = side - 1; right > 0; right -= 2) {
    // The column of the timing pattern belongs to no pair.
    if (right === timing) right -= 1;
    for (let step = 0; step < side; step++) {
      const row = up ? side - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (!isFunction(row, column, side)) places.push([row, column]);
      }
    }
    up = !up;
  }
  return places;
}

/** Finders with their separators and the format beside them, timing, alignment. */
function isFunction(row: number, column: number, side: number): boolean {
  if (row === timing || column === timing) return true;
  const far = side - 8;
  if (row < 9 && (column < 9 || column >= far)) return true;
  if (row >= far && column < 9) return true;
  const alignment = side - 7;
  return Math.abs(row - alignment) <= 2 && Math.abs(column - alignment) <= 2;
}
