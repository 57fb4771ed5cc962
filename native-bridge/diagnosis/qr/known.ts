/** What a terminal should be, or else what it says it is, and where that is from. */
import type { Sentence } from '../../contract/common.ts';
import type { ReadingName } from '../../contract/reading.ts';
import { cleanText, sentence } from '../../wording/index.ts';
import { expectedOf } from '../expected.ts';
import type { CheckInput } from '../input.ts';

export interface Known {
  readonly value: string;
  readonly source: Sentence;
}

/** The expected value; where nothing says so, what was read; null: neither. */
export const known = (input: CheckInput, name: ReadingName): Known | null =>
  expected(input, name) ?? read(input, name);

export function expected(input: CheckInput, name: ReadingName): Known | null {
  const value = expectedOf(input, name);
  return value === null ? null : { value, source: sentence('qr_source_expected', {}) };
}

export function read(input: CheckInput, name: ReadingName): Known | null {
  const reading = input.readings.get(name);
  if (reading === undefined || reading.value === null || reading.value === '') return null;
  const source = sentence('qr_source_read', { command: cleanText(reading.source, 80) });
  return { value: String(reading.value), source };
}
