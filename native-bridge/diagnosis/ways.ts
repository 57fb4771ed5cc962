/** Which way a terminal is online, as far as its readings tell, and whether it has to be. */
import type { CheckInput } from './input.ts';
import type { Observation } from './check.ts';
import { expectedOf } from './expected.ts';
import type { Seen } from './seen.ts';

/** 4G is the way it goes, or the only way it could. */
export function onCellular({ model: { has }, settings }: CheckInput, seen: Seen): boolean {
  const link = seen.peek('network.link');
  if (!has.cellular || link === 'wifi' || link === 'ethernet') return false;
  if (link === 'cellular') return true;
  const wifiMayCarry = has.wifi && seen.peek('wifi.joined') !== false;
  return !wifiMayCarry && !(has.ethernet && !isSwitchedOff(settings, 'ethernet.enabled'));
}

const off: readonly (string | null)[] = ['0', 'false', 'off'];

function isSwitchedOff(settings: CheckInput['settings'], key: string): boolean {
  return settings.some((row) => row.key === key && off.includes(row.current));
}

/** Online without Wi-Fi. */
export function onlineOtherwise({ model: { has } }: CheckInput, seen: Seen): boolean {
  const link = seen.peek('network.link');
  if (link === 'cellular' || link === 'ethernet') return true;
  return link === true && (has.cellular || has.ethernet);
}

/**
 * A static code that the payer scans brings up its page (S1) without any help of the terminal. One
 * that is shown where dynamic codes are agreed may be what the terminal falls back to offline.
 */
export function payerNeedsNoTerminal(input: CheckInput, seen: Seen): boolean {
  const agreed = input.model.expected.qrMode ?? expectedOf(input, 'qr.mode');
  const staticCode = seen.peek('qr.mode') === 'static' && agreed !== 'dynamic';
  return input.symptom === 'S1' && staticCode && seen.peek('qr.presented') !== 'customer';
}

/** Nothing was read and nothing can be: there is no terminal, only answers. */
export const isGuided = ({ model, readings }: CheckInput): boolean =>
  model.readings.size === 0 && readings.size === 0;

/** Faults of the terminal's way out, as far as its way out matters to the complaint. */
export function asFarAsItMatters(
  found: readonly Observation[],
  input: CheckInput,
  seen: Seen,
): Observation[] {
  const weak = payerNeedsNoTerminal(input, seen);
  return found.map((one) => ({ ...one, weak: one.weak || weak }));
}
