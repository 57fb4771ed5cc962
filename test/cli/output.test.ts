import { describe, expect, it } from 'vitest';
import { progressLine } from '../../cli/output/progress-line.ts';
import { makeStyle, wantsColours } from '../../cli/output/style.ts';
import { progressText } from '../../cli/views/flash-progress.ts';

describe('colours', () => {
  it.each([
    [{ isTTY: true }, {}, true],
    [{ isTTY: false }, {}, false],
    [{}, {}, false],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{ isTTY: true }, { NO_COLOR: '' }, true],
    [{ isTTY: true }, { TERM: 'dumb' }, false],
  ])('on %j with %j: %s', (stream, environment, expected) => {
    expect(wantsColours(stream, environment)).toBe(expected);
  });

  it('change nothing where they are not wanted', () => {
    expect(makeStyle(false).red('✕')).toBe('✕');
  });

  it('end with the line, so that a table’s border keeps its own', () => {
    expect(makeStyle(true).red('a\nb')).toBe('\u001b[31ma\u001b[39m\n\u001b[31mb\u001b[39m');
  });
});

/** Keeps what was written. */
function stream(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { written, isTTY, columns, write: (text: string) => written.push(text) };
}

describe('progress', () => {
  it('rewrites one line on a terminal, cut to its width, no faster than it can be read', () => {
    const out = stream(true, 10);
    const line = progressLine(out);
    line.show('发送固件 12 %', 'upload');
    line.show('13 %', 'upload');
    line.show('重启', 'restart');
    line.clear();
    expect(out.written).toEqual(['\r\u001b[2K发送固件…', '\r\u001b[2K重启', '\r\u001b[2K']);
  });

  it('is a line for each stage elsewhere', () => {
    const out = stream(false);
    const line = progressLine(out);
    line.show('1 %', 'upload 0');
    line.show('2 %', 'upload 0');
    line.show('25 %', 'upload 1');
    line.clear();
    expect(out.written).toEqual(['1 %\n', '25 %\n']);
  });

  it('names phase, share, rate, time left and what is waited for', () => {
    const text = progressText(
      {
        phase: 'upload',
        fraction: 0.639,
        sentBytes: 1,
        totalBytes: 2,
        bytesPerSecond: 11_468,
        remainingMs: 8_200,
        waitingFor: null,
        question: null,
        cancellable: true,
        keepConnected: true,
      },
      'zh-CN',
    );
    expect(text).toMatch(/^4\/10 发送固件 {2}█+░+ {2}63 % {2}11\.2 KB\/s {2}还要 9 秒 {2}别拔线$/);
  });
});
