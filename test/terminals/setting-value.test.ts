import { describe, expect, test } from 'vitest';
import { LinearPattern } from '../../native-bridge/terminals/linear-pattern.ts';
import { nearest } from '../../native-bridge/terminals/nearest.ts';
import {
  checkSettingValue,
  expectationFacts,
  type SettingRules,
} from '../../native-bridge/terminals/setting-value.ts';

const rules = (over: Partial<SettingRules>): SettingRules => ({
  type: 'text',
  allowed: [],
  range: null,
  pattern: null,
  maxBytes: 8,
  ...over,
});
const digits = LinearPattern.compile('[0-9]{4}');
if (!(digits instanceof LinearPattern)) throw new Error(digits.problem);

describe('a setting takes', () => {
  test.each<[string, Partial<SettingRules>, string]>([
    ['text that fits', {}, 'abcdefgh'],
    ['nothing, where text is free', {}, ''],
    ['text of the form', { pattern: digits }, '4821'],
    ['true', { type: 'boolean' }, 'true'],
    ['an integer', { type: 'integer' }, '-5'],
    ['an integer in its range', { type: 'integer', range: { min: 30, max: 600 } }, '600'],
    ['a choice', { type: 'choice', allowed: ['a', 'b'] }, 'b'],
  ])('%s', (_what, over, value) => {
    expect(checkSettingValue(rules(over), value)).toBeNull();
  });
});

describe('a setting refuses', () => {
  test.each<[string, Partial<SettingRules>, string, string]>([
    ['text that is too long in bytes', {}, '码码码', 'expects_text'],
    ['a line break', {}, 'a\nb', 'expects_plain_text'],
    ['a bidi control', {}, 'a\u202eb', 'expects_plain_text'],
    ['half a surrogate pair', {}, '\ud800', 'expects_plain_text'],
    ['text of another form', { pattern: digits }, '48210', 'expects_form'],
    ['TRUE', { type: 'boolean' }, 'TRUE', 'expects_boolean'],
    ['a leading zero', { type: 'integer' }, '007', 'expects_integer'],
    ['minus zero', { type: 'integer' }, '-0', 'expects_integer'],
    ['a fraction', { type: 'integer' }, '1.5', 'expects_integer'],
    ['an exponent', { type: 'integer' }, '1e3', 'expects_integer'],
    [
      'what is out of range',
      { type: 'integer', range: { min: 30, max: 600 } },
      '29',
      'expects_integer',
    ],
    ['what is beyond 32 bits', { type: 'integer', maxBytes: 20 }, '4294967296', 'expects_integer'],
    ['another choice', { type: 'choice', allowed: ['a', 'b'] }, 'c', 'expects_choice'],
  ])('%s', (_what, over, value, key) => {
    expect(checkSettingValue(rules(over), value)?.key).toBe(key);
  });

  test('with facts that read in either language', () => {
    const wrong = checkSettingValue(rules({ type: 'boolean' }), 'no');
    expect(wrong && expectationFacts(wrong)).toEqual({
      expected: 'true or false',
      'expected.en': 'true or false',
      'expected.zh-CN': 'true 或 false',
    });
  });
});

describe('did you mean', () => {
  const known = ['baud', 'battery.celsius', 'smpInfo', 'pattern'];
  test.each([
    ['bauds', 'baud'],
    ['smpinfo', 'smpInfo'],
    ['battery.celcius', 'battery.celsius'],
    ['patern', 'pattern'],
  ])('%s → %s', (written, meant) => {
    expect(nearest(written, known)).toBe(meant);
  });

  test.each(['x', 'be', 'parity', '', 'a'.repeat(10_000)])('%s → nothing', (written) => {
    expect(nearest(written, known)).toBeNull();
  });
});
