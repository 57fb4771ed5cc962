import { describe, expect, it } from 'vitest';
import { logSince, parseLogLine } from '../../../native-bridge/protocols/android/index.ts';

describe('a line of Android’s log', () => {
  it('tells time, tag and message', () => {
    const line = '         1479918743.123  1201  1240 I ScanService: code: 69: 1';
    expect(parseLogLine(line)).toEqual({
      epochSeconds: '1479918743.123',
      tag: 'ScanService',
      message: 'code: 69: 1',
    });
  });

  it('has a tag without the blanks that fill its column', () => {
    expect(parseLogLine('1479918743.123   1   2 D vold    : x')?.tag).toBe('vold');
  });

  it('may have nothing to say', () => {
    expect(parseLogLine('1479918743.123   1   2 D vold: ')?.message).toBe('');
  });

  it.each([
    '--------- beginning of system',
    '',
    '11-23 16:32:23.123  1201  1240 I ScanService: with another time',
    '1479918743.123  1201  1240 I without a colon',
  ])('is none: %s', (line) => {
    expect(parseLogLine(line)).toBeNull();
  });
});

it('The log is asked for one tag, from a time on, to its present end', () => {
  expect(logSince('1479918743.123', 'ScanService').join(' ')).toBe(
    'logcat -d -v epoch -T 1479918743.123 -s ScanService:V',
  );
});
