/**
 * Whether the scan engine reads a code that is held before it, and how long that takes. What a QR
 * code stands of damage is its error correction level's share (ISO/IEC 18004, table 1).
 */
import type { FaultSet } from '../../faults.ts';

export interface Presented {
  readonly text: string;
  readonly level: 'L' | 'M' | 'Q' | 'H';
  readonly sizeMm: number;
  readonly contrastPercent: number;
  readonly damagePercent: number;
  readonly rotatedDegrees: number;
  /** Light modules on dark ground. */
  readonly inverted: boolean;
  /** On a screen, which needs no light of the scanner's. */
  readonly lit: boolean;
}

/** A wallet on a phone. */
export const usualCode: Presented = {
  text: '',
  level: 'M',
  sizeMm: 25,
  contrastPercent: 80,
  damagePercent: 0,
  rotatedDegrees: 0,
  inverted: false,
  lit: true,
};

const BASE_MS = 160;
const SLOW = 8;
/** The engine gives up and begins again. */
const GIVES_UP_MS = 3000;
const STANDS_PERCENT = { L: 7, M: 15, Q: 25, H: 30 };
const LEAST_CONTRAST = 25;
const LEAST_MM = 10;
const GREASE_CONTRAST = 35;
const GREASE_DAMAGE = 5;
const UNLIT_SHARE = 0.25;
const LENGTH_LIMIT = 512;
/** Of an engine that was set to what one wallet's codes need. */
const SHORT_LIMIT = 18;

/** In characters: longer ones are not passed on. */
export const lengthLimit = (faults: FaultSet): number =>
  faults.has('scanner-limits-length') ? SHORT_LIMIT : LENGTH_LIMIT;

/** Milliseconds; null where it is not read. */
export function decodeMs(code: Presented, faults: FaultSet, inverseOn: boolean): number | null {
  if (faults.has('scanner-dead') || (code.inverted && !inverseOn)) return null;
  if (code.text.length > lengthLimit(faults)) return null;
  const dirty = faults.has('scanner-window-dirty');
  const dark = faults.has('scanner-illumination-dead') && !code.lit;
  const contrast =
    (code.contrastPercent - (dirty ? GREASE_CONTRAST : 0)) * (dark ? UNLIT_SHARE : 1);
  const damage = code.damagePercent + (dirty && code.damagePercent > 0 ? GREASE_DAMAGE : 0);
  const stands = faults.has('scanner-misses-damaged') ? 0 : STANDS_PERCENT[code.level];
  if (contrast < LEAST_CONTRAST || code.sizeMm < LEAST_MM || damage > stands) return null;
  const ms =
    BASE_MS +
    Math.max(0, 60 - contrast) * 6 +
    damage * 8 +
    Math.max(0, 20 - code.sizeMm) * 15 +
    (code.inverted ? 60 : 0) +
    (code.rotatedDegrees % 90 === 0 ? 0 : 25);
  const takes = Math.round(ms * (faults.has('scanner-slow') ? SLOW : 1));
  return takes > GIVES_UP_MS ? null : takes;
}
