/** What is new in a terminal's list of reads, whatever it lists. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asRead,
  newLines,
  readLines,
} from '../../../native-bridge/operations/scanner-test/read-lines.ts';
import { shippedProfile } from '../../../native-bridge/terminals/catalogue.ts';

const { pattern } = shippedProfile('training-counter').scanner?.reads ?? {};
if (!pattern) throw new Error('the training counter tells no reads');
const line = (number: number, text = 'POSBENCH 01'): string => `${number} 40.212 178ms ${text}`;

describe('readLines', () => {
  it('takes the lines that are reads, and no others', () => {
    const reply = `\r\n${line(1)}\r\nUsage: nothing\r\n${line(2, 'a b  c')}\r\n`;
    expect(readLines(reply, pattern)).toEqual([line(1), line(2, 'a b  c')]);
    expect(asRead(line(2, 'a b  c'), pattern)).toEqual({ text: 'a b  c', decodeMs: 178 });
  });

  it('of ten thousand lines looks at the newest', () => {
    const reply = Array.from({ length: 10_000 }, (_, at) => line(at)).join('\r\n');
    const lines = readLines(reply, pattern);
    expect(lines.length).toBeLessThanOrEqual(500);
    expect(lines.at(-1)).toBe(line(9999));
  });

  it('takes a time that is none for no time', () => {
    expect(asRead(`1 40.2 ${'9'.repeat(40)}ms X`, pattern)).toEqual({ text: 'X', decodeMs: null });
  });
});

describe('newLines', () => {
  it.each<[string, string[], string[], string[]]>([
    ['nothing new', ['a', 'b'], ['a', 'b'], []],
    ['one more', ['a', 'b'], ['a', 'b', 'c'], ['c']],
    ['the oldest fell out', ['a', 'b', 'c'], ['b', 'c', 'd'], ['d']],
    ['more than the list holds', ['a', 'b'], ['x', 'y'], ['x', 'y']],
    ['cleared', ['a', 'b'], [], []],
    ['cleared, then one', ['a', 'b'], ['c'], ['c']],
    ['the same text twice, told apart by its number', ['1 x'], ['1 x', '2 x'], ['2 x']],
  ])('%s', (_what, before, now, fresh) => {
    expect(newLines(before, now)).toEqual(fresh);
  });

  it('finds each read once, however the list is cut, while reads differ', () => {
    const course = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 20 });
    fc.assert(
      fc.property(course, fc.integer({ min: 7, max: 12 }), (arrivals, kept) => {
        const all: string[] = [];
        const found: string[] = [];
        let before: string[] = [];
        for (const count of arrivals) {
          for (let at = 0; at < count; at++) all.push(line(all.length));
          const now = all.slice(-kept);
          found.push(...newLines(before, now));
          before = now;
        }
        expect(found).toEqual(all);
      }),
    );
  });
});
