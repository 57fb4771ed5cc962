/** What a finding rests on: readings as they came, settings as they stand, answers as given. */
import type { SettingRow } from '../contract/correction.ts';
import type { Evidence } from '../contract/diagnosis.ts';
import type { ReadingName } from '../contract/reading.ts';
import type { CheckInput } from './input.ts';
import type { QuestionId } from './questions/index.ts';

/** Of those of the named readings that gave a value. */
export function fromReadings(input: CheckInput, ...names: ReadingName[]): Evidence[] {
  return names.flatMap((name) => {
    const reading = input.readings.get(name);
    if (reading === undefined || reading.value === null) return [];
    const raw = reading.raw === '' ? String(reading.value) : reading.raw;
    return [{ reading: name, source: reading.source, raw, atUtc: reading.atUtc }];
  });
}

/** Of a row of the settings table; `reading` where a reading has the same source. */
export function fromSetting(input: CheckInput, row: SettingRow, reading: ReadingName | null) {
  if (reading !== null && input.readings.get(reading)?.value != null) {
    return fromReadings(input, reading);
  }
  const source = `setting ${row.key}`;
  return [{ reading: null, source, raw: row.current ?? '', atUtc: input.atUtc }];
}

export function fromAnswer(input: CheckInput, question: QuestionId): Evidence[] {
  const answer = input.answers[question];
  if (answer === undefined) return [];
  return [{ reading: null, source: `question ${question}`, raw: answer, atUtc: input.atUtc }];
}
