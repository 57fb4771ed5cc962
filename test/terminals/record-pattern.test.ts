import { describe, expect, test } from 'vitest';
import { maxLineCharacters, RecordPattern } from '../../native-bridge/terminals/record-pattern.ts';

const names = { required: ['text'], optional: ['ms'] } as const;
const compile = (source: string) => RecordPattern.compile<'text' | 'ms'>(source, names);

function compiled(source: string): RecordPattern<'text' | 'ms'> {
  const pattern = compile(source);
  if (!(pattern instanceof RecordPattern)) throw new Error(pattern.problem);
  return pattern;
}

describe('a record of a line', () => {
  test('has the values of its groups by their names', () => {
    const pattern = compiled('^\\d+ (?P<ms>\\d+)ms (?P<text>.+)$');
    expect(pattern.record('7 178ms POSBENCH 07')).toEqual({ ms: '178', text: 'POSBENCH 07' });
  });

  test('lacks a group that took no part, and is none where the line does not match', () => {
    const pattern = compiled('^(?:(?P<ms>\\d+)ms )?read (?P<text>.+)$');
    expect(pattern.record('read X')).toEqual({ text: 'X' });
    expect(pattern.record('wrote X')).toBeNull();
  });

  test('is of the beginning of a long line', () => {
    const record = compiled('^(?P<text>.+)$').record('x'.repeat(100_000));
    expect(record?.text).toHaveLength(maxLineCharacters);
  });
});

describe('a pattern is refused with a reason', () => {
  test.each([
    ['without the group that is needed', '(?P<ms>\\d+)', '(?P<text>…)'],
    ['with a group of another name', '(?P<text>.+) (?P<when>.+)', 'no groups but'],
    ['with a group without a name', '(?P<text>.+) (\\d+)', 'no groups but'],
    ['that would take an engine long to build', '(?P<text>(?:a?){400}a{400})', ''],
    ['that looks ahead', '(?P<text>(?=a)b)', ''],
  ])('%s', (_what, source, reason) => {
    const outcome = compile(source);
    expect(outcome).not.toBeInstanceOf(RecordPattern);
    expect(outcome).toHaveProperty('problem', expect.stringContaining(reason));
  });
});
