/**
 * Where the clock is set from: `dumpsys network_time_update_service` (the network's time and its
 * age) and `dumpsys time_detector` (whether the clock is set by itself, from which sources).
 */
import { linesOf } from './text.ts';
import { booleanOf, integerOf } from './values.ts';

export interface NetworkTime {
  /** Since the last answer of a time server; '' where there was none since the start. */
  readonly ageSeconds: number | '' | null;
}

/** Android 7 to 10 print `NTP cache age`, later ones `NTP result age`, in ms; none is the largest number. */
export function parseNetworkTime(text: string): NetworkTime {
  for (const line of linesOf(text)) {
    if (/^\s{0,8}NTP cache result: null\s*$/.test(line)) return { ageSeconds: '' };
    const age = /^\s{0,8}NTP (?:cache|result) age: (\d{1,19})\s*$/.exec(line)?.[1];
    if (age === '9223372036854775807') return { ageSeconds: '' };
    const ms = integerOf(age);
    if (ms !== null) return { ageSeconds: Math.floor(ms / 1_000) };
  }
  return { ageSeconds: null };
}

export interface TimeDetector {
  readonly automaticTime: boolean | null;
  /** By priority, separated by commas: `network`, `telephony`, `gnss`, `external`. */
  readonly sources: string | null;
}

/** Android 11 and later; Android 10's tells neither. */
export function parseTimeDetector(text: string): TimeDetector {
  let automaticTime: boolean | null = null;
  let sources: string | null = null;
  for (const line of linesOf(text).slice(0, 256)) {
    const flag =
      /\bisAutoTimeDetectionEnabled\(\)=(true|false)\s*$/.exec(line)?.[1] ??
      /\bmAutoDetectionEnabledSetting=(true|false)\b/.exec(line)?.[1];
    automaticTime ??= booleanOf(flag);
    sources ??=
      /\b(?:autoOriginPriorities\(\)|mAutoOriginPriorities)=\[([a-z, ]{0,64})\]/.exec(line)?.[1] ??
      null;
  }
  return { automaticTime, sources: sources?.replaceAll(' ', '') ?? null };
}
