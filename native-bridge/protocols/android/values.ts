/** Words and numbers of a dump as values; null for whatever is not exactly one. */

const integer = /^[+-]?[0-9]{1,15}$/;
const decimal = /^[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?$/;

/** Android's Integer.MAX_VALUE, which telephony prints for "not known" (CellInfo.UNAVAILABLE). */
export const UNAVAILABLE = 2_147_483_647;

export function integerOf(text: string | undefined): number | null {
  return text !== undefined && integer.test(text) ? Number(text) : null;
}

export function decimalOf(text: string | undefined): number | null {
  return text !== undefined && decimal.test(text) ? Number(text) : null;
}

export function booleanOf(text: string | undefined): boolean | null {
  if (text === 'true') return true;
  return text === 'false' ? false : null;
}

/** A settings table's 0 or 1. */
export function bitOf(text: string | undefined): boolean | null {
  if (text === '1') return true;
  return text === '0' ? false : null;
}

/** A word that says something: nothing, `null` and `unknown` say nothing. */
export function wordOf(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  return /^(?:null|unknown|<unknown>|n\/a)$/i.test(text) ? null : text.slice(0, 1_024);
}
