/**
 * The codes of the scanner test, from plain to hard, as data. Each differs from a plain one (level M,
 * 25 mm, black on white) in one thing, so that what is missed tells what the scanner lacks. All of
 * them are within what ISO/IEC 18004 lets a code stand: a good scanner reads every one.
 *
 * The texts are capitals, digits and blanks, which are short in a code; nothing pays with them.
 */
import type { GradedCode } from '../../contract/scanner.ts';

type Difference = Pick<GradedCode, 'band'> & Partial<Omit<GradedCode, 'number' | 'text' | 'band'>>;

const plain = {
  level: 'M',
  sizeMm: 25,
  contrastPercent: 100,
  damagePercent: 0,
  rotatedDegrees: 0,
  inverted: false,
} as const;

const differences: readonly (readonly [mark: string, difference: Difference])[] = [
  ['M 25', { band: 'level' }],
  ['L 25', { band: 'level', level: 'L' }],
  ['Q 25', { band: 'level', level: 'Q' }],
  ['H 25', { band: 'level', level: 'H' }],
  ['M 40', { band: 'size', sizeMm: 40 }],
  ['M 18', { band: 'size', sizeMm: 18 }],
  ['M 15', { band: 'size', sizeMm: 15 }],
  ['M 12', { band: 'size', sizeMm: 12 }],
  ['M C60', { band: 'contrast', contrastPercent: 60 }],
  ['M C45', { band: 'contrast', contrastPercent: 45 }],
  ['M C30', { band: 'contrast', contrastPercent: 30 }],
  ['L D5', { band: 'damage', level: 'L', damagePercent: 5 }],
  ['M D10', { band: 'damage', level: 'M', damagePercent: 10 }],
  ['Q D15', { band: 'damage', level: 'Q', damagePercent: 15 }],
  ['Q D20', { band: 'damage', level: 'Q', damagePercent: 20 }],
  ['H D20', { band: 'damage', level: 'H', damagePercent: 20 }],
  ['H D28', { band: 'damage', level: 'H', damagePercent: 28 }],
  ['M R20', { band: 'rotation', rotatedDegrees: 20 }],
  ['M R45', { band: 'rotation', rotatedDegrees: 45 }],
  ['M R180', { band: 'rotation', rotatedDegrees: 180 }],
  ['M INV', { band: 'inverted', inverted: true }],
];

export const gradedCodes: readonly GradedCode[] = differences.map(([mark, difference], at) => {
  const number = at + 1;
  const text = `POSBENCH ${String(number).padStart(2, '0')} ${mark}`;
  return { ...plain, ...difference, number, text };
});
