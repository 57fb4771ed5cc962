import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  splitScriptOutput,
  type ScriptSection,
} from '../../../native-bridge/protocols/android/index.ts';

const marker = 'feedfacefeedfacefeedfacefeedface';
const printed = (texts: readonly string[], ending = '\n') =>
  [
    `${ending}${marker} o begin 41 42 ok${ending}`,
    ...texts.map((text, index) => `${text}${ending}${marker} o ${index} 0${ending}`),
  ].join('');
const split = (stdout: string, count: number): ScriptSection[] =>
  splitScriptOutput({ stdout, stderr: '' }, marker, count);

describe("a script's output", () => {
  it('that ends anywhere gives the whole sections before, and the rest not answered', () => {
    const texts = fc.array(fc.string({ maxLength: 20 }), { maxLength: 12 });
    fc.assert(
      fc.property(texts, fc.double({ min: 0, max: 1, noNaN: true }), (texts, part) => {
        const whole = printed(texts);
        const cut = whole.slice(0, Math.floor(whole.length * part));
        const sections = split(cut, texts.length);
        const answered = sections.filter(({ answered }) => answered).length;
        expect(answered).toBe(
          texts.filter((_, at) => cut.includes(`${marker} o ${at} 0\n`)).length,
        );
        sections.forEach((section, at) => {
          expect(section.answered).toBe(at < answered);
          if (section.answered) expect(section.stdout.trimEnd()).toBe(texts[at]?.trimEnd());
        });
      }),
    );
  });

  it('keeps what a command printed before it was cut off, as evidence', () => {
    const [first, second] = split(printed(['whole', 'half of it']).split(' it')[0] ?? '', 2);
    expect(first).toMatchObject({ answered: true, stdout: 'whole' });
    expect(second).toMatchObject({ answered: false, exitCode: null });
    expect(second?.stdout).toBe('half of');
  });

  it("is not confused by lines that look like another script's marker", () => {
    const forged = `${marker.replaceAll('f', '0')} o 0 0\n${marker}\n${marker} o 7 0\n`;
    expect(split(printed([forged, 'b']), 2).map(({ stdout }) => stdout)).toEqual([forged, 'b']);
  });

  it("begins behind the shell's own greeting", () => {
    const greeting = 'WARNING: linker: something\n';
    expect(split(greeting + printed(['a']), 1)[0]?.stdout).toBe('a');
  });

  it('of a pseudo-terminal ends its lines with CR LF', () => {
    expect(split(printed(['a\r\nb', 'c'], '\r\n'), 2).map(({ stdout }) => stdout)).toEqual([
      'a\r\nb',
      'c',
    ]);
  });

  it('tells a time limit from a command that ends with the same code where no limit was set', () => {
    const ended = (begin: string) =>
      split(`\n${marker} o begin ${begin}\n\n${marker} o 0 124\n`, 1)[0]?.timedOut;
    expect(ended('41 42 ok')).toBe(true);
    expect(ended('41 42 ')).toBe(false);
  });

  it('has no exit codes where the shell shows that they do not come through', () => {
    const [section] = split(`\n${marker} o begin 41 127 ok\na\n${marker} o 0 127\n`, 1);
    expect(section).toMatchObject({ answered: true, stdout: 'a', exitCode: null });
  });

  it('is split in linear time, however many markers it holds', () => {
    const flood = `${marker} e 5\n${marker} o 99 0\n`.repeat(20_000);
    const started = performance.now();
    split(`\n${marker} o begin 41 42\n${flood}`, 128);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
