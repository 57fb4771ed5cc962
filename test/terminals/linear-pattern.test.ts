import { describe, expect, test } from 'vitest';
import { LinearPattern, maxTextCharacters } from '../../native-bridge/terminals/linear-pattern.ts';

function compile(source: string): LinearPattern {
  const pattern = LinearPattern.compile(source);
  if (!(pattern instanceof LinearPattern)) throw new Error(pattern.problem);
  return pattern;
}

describe('what a pattern takes', () => {
  test('the capture group is the value', () => {
    expect(compile('serial: (\\S+)').firstGroup('model: x\r\nserial: CB42\r\n')).toBe('CB42');
  });

  test('without a group the whole match is', () => {
    expect(compile('[0-9]+').firstGroup('abc 0042 def')).toBe('0042');
  });

  test('no match is null, an unused group is empty', () => {
    expect(compile('x(y)').firstGroup('abc')).toBeNull();
    expect(compile('a(b)?').firstGroup('ac')).toBe('');
  });

  test('lines can be anchored', () => {
    expect(compile('(?m)^SSID: ([^\\r\\n]+)').firstGroup('BSSID: no\r\nSSID: yes\r\n')).toBe('yes');
  });

  test('a value is taken as a whole or not at all', () => {
    expect(compile('[0-9]{8}').takesWhole('10086421')).toBe(true);
    expect(compile('[0-9]{8}').takesWhole('x10086421')).toBe(false);
    expect(compile('a|ab').takesWhole('ab')).toBe(true);
  });
});

describe('bounds', () => {
  test.each([
    ['look-ahead', '(?=a)b'],
    ['look-behind', '(?<=a)b'],
    ['a back-reference', '(a)\\1'],
    ['two groups', '(a)(b)'],
    ['a pattern of 600 characters', 'a'.repeat(600)],
    ['repetition of repetition', '(?:a{99}){99}'],
    ['a large program', '(?:a?){400}a{400}'],
    ['deep nesting', '('.repeat(250) + 'a' + ')'.repeat(250)],
    ['an unclosed class', '[a-'],
  ])('%s is refused with a reason', (_what, source) => {
    const outcome = LinearPattern.compile(source);
    expect(outcome).not.toBeInstanceOf(LinearPattern);
    expect(outcome).toHaveProperty('problem', expect.stringMatching(/./));
  });

  test('only the beginning of a long text is looked at', () => {
    const text = 'a'.repeat(maxTextCharacters) + 'b';
    expect(compile('b').occursIn(text)).toBe(false);
    expect(compile('a+').firstGroup(text)).toHaveLength(maxTextCharacters);
    expect(compile('[ab]+').takesWhole(text)).toBe(false);
  });

  test.each(['(a*)*b', '(a|a)*b', '(a|aa)+$b', '(?:x+x+)+y', '(?:[ab]?){150}[ab]{150}[cd]$'])(
    '%s ends soon on the longest text',
    (source) => {
      const text = 'ax'.repeat(maxTextCharacters / 2);
      const started = performance.now();
      compile(source).occursIn(text);
      // A backtracking engine would need 2^1000 steps: any bound tells.
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );
});
