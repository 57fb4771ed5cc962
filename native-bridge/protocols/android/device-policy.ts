/** `dumpsys device_policy`: the app that manages the whole terminal (AOSP, Owners.java, dump). */
import { linesOf } from './text.ts';

/** What an owner says of itself stands right under its heading. */
const ownerLines = 6;

/** `owner`: its package; '' where nobody manages the terminal. */
export function parseDevicePolicy(output: string): { readonly owner: string | null } {
  const lines = linesOf(output);
  if (!lines.some((line) => line.startsWith('Current Device Policy Manager state'))) {
    return { owner: null };
  }
  const at = lines.findIndex((line) => /^\s*Device Owner:\s*$/.test(line));
  if (at < 0) return { owner: '' };
  const told = lines.slice(at + 1, at + 1 + ownerLines);
  const named = told.map((line) => /^\s*package=([A-Za-z0-9_.]{1,255})\s*$/.exec(line)?.[1]);
  return { owner: named.find((name) => name !== undefined) ?? null };
}
