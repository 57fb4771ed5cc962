/** Readers of option values: what fits comes back typed, what doesn't says what was expected. */
import { z } from 'zod';
import {
  symptomSchema,
  type Answers,
  type Symptom,
} from '../../native-bridge/contract/diagnosis.ts';
import { readingNames, type ReadingName } from '../../native-bridge/contract/reading.ts';
import { usageError } from '../usage-error.ts';

/** One of an enumeration. `what` names the option. */
export function oneOf<T extends string>(
  schema: z.ZodEnum<Record<T, T>>,
  what: string,
): (text: string) => T {
  return (text) => {
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw usageError('cli_usage_value', {
      what,
      found: text,
      expected: schema.options.join(' | '),
    });
  };
}

export function wholeNumber(
  what: string,
  { min, max }: { min: number; max: number },
): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw usageError('cli_usage_value', { what, found: text, expected: `${min}–${max}` });
  };
}

/** `--symptom s3` as well: nobody should have to think of the case. */
export function readSymptom(text: string): Symptom {
  const parsed = symptomSchema.safeParse(text.toUpperCase());
  if (parsed.success) return parsed.data;
  throw usageError('cli_usage_value', {
    what: '--symptom',
    found: text,
    expected: symptomSchema.options.join(' | '),
  });
}

/** `--answer platform-up=yes`, as often as there are answers. The first `=` divides. */
export function collectAnswer(text: string, before: Answers = {}): Answers {
  const at = text.indexOf('=');
  const question = at === -1 ? text : text.slice(0, at);
  const answer = at === -1 ? '' : text.slice(at + 1);
  if (question !== '' && answer.trim() !== '') return { ...before, [question]: answer };
  const expected = 'question=answer';
  throw usageError('cli_usage_value', { what: '--answer', found: text, expected });
}

export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/**
 * A day (`2026-05-04`, its first moment here) or a time with its zone (ISO 8601); in UTC. `what` names
 * the option. Nothing else: what `Date` makes of `5` or `2026-02-31` is a guess, and days say what
 * is deleted.
 */
export function dayOf(what: string): (text: string) => string {
  return (text) => timeOf(text, what, 0);
}

/** The same to the end of the day. */
export function endOfDay(what: string): (text: string) => string {
  return (text) => timeOf(text, what, 1);
}

function timeOf(text: string, what: string, daysMore: number): string {
  if (z.iso.datetime({ offset: true }).safeParse(text).success) return new Date(text).toISOString();
  if (!z.iso.date().safeParse(text).success) {
    const expected = 'YYYY-MM-DD | YYYY-MM-DDThh:mm:ss+hh:mm';
    throw usageError('cli_usage_value', { what, found: text, expected });
  }
  const time = new Date(`${text}T00:00:00`);
  time.setDate(time.getDate() + daysMore);
  return time.toISOString();
}

/** `90`, or `off`: 0. */
export function readKeepDays(text: string): number {
  if (text === 'off') return 0;
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= 36_500) return days;
  throw usageError('cli_usage_value', {
    what: '--keep-days',
    found: text,
    expected: '1–36500 | off',
  });
}

/** Names of readings; a whole group by its first part (`battery`). */
export function readNames(words: readonly string[]): ReadingName[] {
  const names = words.flatMap((word) => {
    const found = readingNames.filter((name) => name === word || name.startsWith(`${word}.`));
    if (found.length > 0) return found;
    const groups = [...new Set(readingNames.map((name) => name.split('.')[0] ?? ''))];
    throw usageError('cli_usage_unknown_reading', { name: word, groups: groups.join(', ') });
  });
  return [...new Set(names)];
}

/** `key=value` sets a value, `key` alone the expected one. The first `=` divides. */
export function readChange(text: string): { key: string; value: string | null } {
  const at = text.indexOf('=');
  const key = at === -1 ? text : text.slice(0, at);
  if (key === '') {
    throw usageError('cli_usage_value', {
      what: 'CHANGE',
      found: text,
      expected: 'key | key=value',
    });
  }
  return { key, value: at === -1 ? null : text.slice(at + 1) };
}
