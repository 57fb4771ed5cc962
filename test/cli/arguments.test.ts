import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikePort, splitPort } from '../../cli/arguments/port-argument.ts';
import { splitCommand } from '../../cli/arguments/split-command.ts';
import {
  dayOf,
  endOfDay,
  readChange,
  readKeepDays,
  readNames,
} from '../../cli/arguments/values.ts';
import { localeOfArguments, localeOfEnvironment } from '../../cli/locale.ts';
import { UsageError } from '../../cli/usage-error.ts';

describe('the first word', () => {
  it.each(['/dev/ttyUSB0', 'COM7', 'com12', 'serial:///dev/ttyS0?baud=9600', 'tcp://[::1]:7000'])(
    '%s is a port',
    (word) => expect(looksLikePort(word)).toBe(true),
  );
  it.each(['battery', 'wifi.rssiDbm', 'qr.mode=static', 'payment.methods=wechat,alipay', 'S3'])(
    '%s is none',
    (word) => expect(looksLikePort(word)).toBe(false),
  );
  it('may be a host with its port number', () => {
    expect(splitPort(['box.local:7000', 'battery'])).toEqual({
      port: 'tcp://box.local:7000',
      rest: ['battery'],
    });
  });
});

describe('a line for the device’s shell', () => {
  it('keeps together what is quoted', () => {
    expect(splitCommand(`net  set "a b" 'c "d' e\\ f ""`)).toEqual([
      'net',
      'set',
      'a b',
      'c "d',
      'e f',
      '',
    ]);
  });
  it('gives back any words that were quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        const line = words.map((word) => `"${word.replace(/[\\"]/g, String.raw`\$&`)}"`).join(' ');
        expect(splitCommand(line)).toEqual(words);
      }),
    );
  });
});

describe('values', () => {
  it('of a change may hold the sign that divides', () => {
    expect(readChange('a.b=c=d')).toEqual({ key: 'a.b', value: 'c=d' });
    expect(readChange('a.b=')).toEqual({ key: 'a.b', value: '' });
    expect(readChange('a.b')).toEqual({ key: 'a.b', value: null });
  });
  it('name one reading or a group, each once', () => {
    const names = readNames(['battery', 'battery.celsius', 'clock.utc']);
    expect(names).toHaveLength(new Set(names).size);
    expect(names).toContain('battery.levelPercent');
    expect(names.at(-1)).toBe('clock.utc');
    expect(() => readNames(['batery'])).toThrow(UsageError);
  });
  it('of a day are its first moment here, and its last where it ends there', () => {
    expect(dayOf('--since')('2026-05-04')).toBe(new Date(2026, 4, 4).toISOString());
    expect(endOfDay('--until')('2026-05-31')).toBe(new Date(2026, 5, 1).toISOString());
  });
  it('of a time are that time where its zone is told', () => {
    expect(dayOf('--since')('2026-05-04T08:00:00+08:00')).toBe('2026-05-04T00:00:00.000Z');
    expect(endOfDay('--until')('2026-05-04T08:00:00.5Z')).toBe('2026-05-04T08:00:00.500Z');
  });
  it.each([
    'May',
    '5',
    'banana 7',
    '',
    '2026-02-31',
    '2026-13-01',
    '2026-5-4',
    '26-05-04',
    '2026-02-31T00:00:00Z',
    '2026-05-04T08:00:00',
    '2026-05-04T25:00:00Z',
    ' 2026-05-04',
  ])('of a day are not guessed: %j', (text) => {
    expect(() => dayOf('--before')(text)).toThrow(UsageError);
    expect(() => endOfDay('--until')(text)).toThrow(UsageError);
  });
  it('of days to keep are whole ones, or off', () => {
    expect([readKeepDays('90'), readKeepDays('off')]).toEqual([90, 0]);
    for (const wrong of ['0', '-1', '1.5', '40000', '']) {
      expect(() => readKeepDays(wrong)).toThrow(UsageError);
    }
  });
});

describe('the language', () => {
  const system = () => 'de-DE';
  it.each([
    [{ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh-CN'],
    [{ LC_ALL: '', LANG: 'zh_TW.UTF-8' }, 'zh-CN'],
    [{ LC_MESSAGES: 'en_GB', LANG: 'zh_CN' }, 'en'],
    [{ LANG: 'C' }, 'en'],
    [{}, 'en'],
  ])('of %j is %s', (environment, expected) => {
    expect(localeOfEnvironment(environment, system)).toBe(expected);
  });
  it('is the system’s where the environment says nothing', () => {
    expect(localeOfEnvironment({}, () => 'zh-Hans-CN')).toBe('zh-CN');
  });
  it.each([
    [['ports', '--lang', 'zh-CN'], 'zh-CN'],
    [['--lang=en', 'ports'], 'en'],
    [['--lang', 'zh'], 'zh-CN'],
    [['--lang', 'zh_CN'], 'zh-CN'],
    [['--lang', 'fr'], null],
    [['ports', '--', '--lang', 'en'], null],
    [['ports', '--lang'], null],
  ])('of %j is %s', (argv, expected) => {
    expect(localeOfArguments(argv)).toBe(expected);
  });
});
