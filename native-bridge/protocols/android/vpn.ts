/**
 * `dumpsys vpn_management` (Vpn.java; Android 12 and later). The chosen app stays listed when the
 * tunnel is down, `[Legacy VPN]` where there never was one; only the type tells what is up. The
 * events below are history.
 */
import { linesOf } from './text.ts';

export interface Vpn {
  /** The app that VPNs are left to; '' where there is none. */
  readonly package: string | null;
  readonly up: boolean | null;
}

export function parseVpn(text: string): Vpn {
  const lines = linesOf(text).map((line) => line.trim());
  const from = lines.indexOf('VPNs:');
  if (from < 0) return { package: null, up: null };
  const [first, ...rest] = lines.slice(from + 1);
  const events = rest.findIndex((line) => /^(?:\d{1,3}: |mEventChanges)/.test(line));
  const entry = rest.slice(0, events < 0 ? undefined : events);
  const type = valueOf(entry, /^Active vpn type: (-?\d{1,4})$/);
  return { package: packageOf(first, entry), up: type === null ? null : Number(type) > 0 };
}

function packageOf(first: string | undefined, entry: readonly string[]): string | null {
  const named = valueOf(entry, /^Active package name: (\S{1,256})$/);
  const chosen = named ?? /^\d{1,3}: (.{1,256})$/.exec(first ?? '')?.[1] ?? null;
  return chosen === 'null' || chosen === '[Legacy VPN]' ? '' : chosen;
}

function valueOf(lines: readonly string[], pattern: RegExp): string | null {
  for (const line of lines) {
    const value = pattern.exec(line)?.[1];
    if (value !== undefined) return value;
  }
  return null;
}
