/**
 * How long a code is good for, against how long ago it was seen; and the terminal's clock, without
 * which a dynamic code's time can't be right. EMVCo's codes carry no time themselves.
 */
import type { QrComparison } from '../../contract/qr.ts';
import { sentence } from '../../wording/index.ts';
import type { CheckInput } from '../input.ts';
import { compared } from './comparison.ts';
import { read, type Known } from './known.ts';

export interface Moments {
  /** When it was there; null: not known. */
  readonly seenUtc: string | null;
  /** It was made just then or a little before; else it may be older: a picture's file was copied. */
  readonly isExact: boolean;
  readonly nowUtc: string;
}

/** A code that is good for so long after it was made. */
export function compareAge(
  limitSeconds: number,
  source: Known['source'],
  at: Moments,
): QrComparison {
  const topic = sentence('qr_topic_validity', {});
  const value = sentence('qr_value_duration', { limitSeconds });
  const ageMs = at.seenUtc === null ? null : Date.parse(at.nowUtc) - Date.parse(at.seenUtc);
  const known = { value, source };
  // A picture's time is the computer's that wrote it: one from the future says nothing.
  if (ageMs === null || ageMs < 0) {
    const what = sentence('qr_against_age_unknown', { limitSeconds });
    return compared(topic, 'unknown', what, { found: null, known });
  }
  const found = sentence('qr_value_age', { ageMs });
  const isOver = ageMs > limitSeconds * 1000;
  if (!isOver && !at.isExact) {
    const what = sentence('qr_against_age_unknown', { limitSeconds });
    return compared(topic, 'unknown', what, { found, known });
  }
  const what = sentence(isOver ? 'qr_against_expired' : 'qr_against_not_expired', {
    ageMs,
    limitSeconds,
  });
  return compared(topic, isOver ? 'warn' : 'pass', what, { found, known });
}

/** Of a terminal that makes a code for each payment. */
export function compareTimes(input: CheckInput, at: Moments): QrComparison[] {
  const validity = read(input, 'qr.validitySeconds');
  const limitSeconds = Number(validity?.value);
  if (validity === null || !(limitSeconds > 0)) return [];
  return [compareAge(limitSeconds, validity.source, at), ...clock(input, limitSeconds)];
}

function clock(input: CheckInput, limitSeconds: number): QrComparison[] {
  const reading = input.readings.get('clock.utc');
  const own = read(input, 'clock.utc');
  if (reading === undefined || own === null) return [];
  const offMs = Math.abs(Date.parse(own.value) - Date.parse(reading.atUtc));
  const topic = sentence('qr_topic_clock', {});
  const known = {
    value: sentence('qr_value_time', { atUtc: reading.atUtc }),
    source: sentence('qr_source_computer', {}),
  };
  const sides = { found: sentence('qr_value_time', { atUtc: own.value }), known };
  if (Number.isNaN(offMs)) {
    return [compared(topic, 'unknown', sentence('qr_against_clock_unread', {}), sides)];
  }
  const differenceMs = Math.round(offMs / 1000) * 1000;
  const isOff = offMs > limitSeconds * 1000;
  const what = isOff
    ? sentence('qr_against_clock_off', { differenceMs, limitSeconds })
    : sentence('qr_against_clock_well', { differenceMs });
  return [compared(topic, isOff ? 'fail' : 'pass', what, sides)];
}
