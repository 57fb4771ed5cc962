/**
 * SignalStrength.toString. Android 10 and later name the parts, and which one is in use; before,
 * numbers stand by their place: the ninth is LTE's RSRP, the eleventh its noise ratio in tenths.
 * 2147483647 stands for "not known".
 */
import { integerOf, UNAVAILABLE } from './values.ts';

export interface Signal {
  /** LTE's or 5G's, by what is in use; null with older networks. */
  readonly rsrpDbm: number | null;
  readonly sinrDb: number | null;
}

const unknown: Signal = { rsrpDbm: null, sinrDb: null };

export function readSignal(text: string | undefined): Signal {
  if (text === undefined) return unknown;
  return text.includes('CellSignalStrength') ? readParts(text) : readPlaces(text);
}

function readParts(text: string): Signal {
  const primary = /\bprimary=CellSignalStrength([A-Za-z]{1,16})/.exec(text)?.[1];
  if (primary === 'Nr') {
    const part = partOf(text, 'CellSignalStrengthNr:');
    return { rsrpDbm: rsrp(numberIn(part, 'ssRsrp')), sinrDb: sinr(numberIn(part, 'ssSinr')) };
  }
  if (primary !== 'Lte') return unknown;
  const part = partOf(text, 'CellSignalStrengthLte:');
  return { rsrpDbm: rsrp(numberIn(part, 'rsrp')), sinrDb: lteSinr(part) };
}

/** Android 11 and later have whole dB, and `parametersUseForLevel`; before, tenths. */
function lteSinr(part: string): number | null {
  const value = numberIn(part, 'rssnr');
  if (part.includes('parametersUseForLevel')) return sinr(value);
  return tenths(value);
}

function partOf(text: string, label: string): string {
  const at = text.indexOf(label);
  if (at < 0) return '';
  const end = text.indexOf(',m', at);
  return text.slice(at, end < 0 ? undefined : end);
}

function numberIn(part: string, key: string): number | null {
  const text = new RegExp(`\\b${key} ?= ?(-?\\d{1,10})\\b`).exec(part)?.[1];
  const value = integerOf(text);
  return value === UNAVAILABLE ? null : value;
}

function readPlaces(text: string): Signal {
  const places = /^SignalStrength: ((?:-?\d{1,10} ){11,24})/.exec(text)?.[1]?.split(' ');
  return { rsrpDbm: rsrp(integerOf(places?.[8])), sinrDb: tenths(integerOf(places?.[10])) };
}

/** 3GPP TS 36.133 and 38.133 count from −156. */
function rsrp(dbm: number | null): number | null {
  return dbm !== null && dbm >= -156 && dbm <= -31 ? dbm : null;
}

function sinr(db: number | null): number | null {
  return db !== null && db >= -30 && db <= 50 ? db : null;
}

/** Vendors print whole dB there as well: below 31 a number may be either, so it is unknown. */
function tenths(value: number | null): number | null {
  return value === null || Math.abs(value) <= 30 ? null : sinr(value / 10);
}
