/**
 * The payment host as the technician's computer finds it. Where the host answers only through a
 * tunnel that the terminal has, a computer that does not get through says nothing.
 */
import type { CheckInput } from './input.ts';
import type { Seen } from './seen.ts';

export type FromComputer = 'reached' | 'not-reached' | 'unknown';

/** `tls`: it was reached, and only its certificate refused. */
const reachedWords: ReadonlySet<unknown> = new Set([true, 'yes', 'tls']);

export function hostFromComputer(input: CheckInput, seen: Seen): FromComputer {
  const value = seen.peek('computer.paymentHostReached');
  if (value === null) return 'unknown';
  if (reachedWords.has(value)) return 'reached';
  return input.model.expected.vpn === 'required' ? 'unknown' : 'not-reached';
}
