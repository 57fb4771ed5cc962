/** The course of a scanner test: reads out of turn, twice, of strangers; answers that come too late. */
import { describe, expect, it } from 'vitest';
import { gradedCodes } from '../../../native-bridge/pictures/codes/index.ts';
import { Course } from '../../../native-bridge/operations/scanner-test/course.ts';

const course = () =>
  new Course(
    gradedCodes,
    { carrier: 'screen', codeTimeoutMs: 10_000, shown: (text) => `<${text}>` },
    0,
  );
const textOf = (number: number): string => gradedCodes[number - 1]?.text ?? '';
const read = (text: string, decodeMs: number | null = 170) => ({ text, decodeMs });

describe('a read', () => {
  it('of the code that is due lets the next one be due', () => {
    const test = course();
    test.take(read(textOf(1)), 500);
    expect(test.due?.number).toBe(2);
    expect(test.rows[0]).toMatchObject({ outcome: 'read', decodeMs: 170 });
  });

  it('of another code is that code’s, and it is not due any more later', () => {
    const test = course();
    test.take(read(textOf(2)), 500);
    expect(test.due?.number).toBe(1);
    test.take(read(textOf(1)), 900);
    expect(test.due?.number).toBe(3);
  });

  it('of the same code again is counted, and its first time stands', () => {
    const test = course();
    test.take(read(textOf(1), 170), 500);
    test.take(read(textOf(1), 900), 800);
    expect(test.rows[0]).toMatchObject({ outcome: 'read', decodeMs: 170, repeats: 1 });
    expect(test.due?.number).toBe(2);
  });

  it('that comes after the technician gave the code up counts all the same', () => {
    const test = course();
    expect(test.answer(1, 'missed', 500)).toBe(true);
    test.take(read(textOf(1), 2900), 600);
    expect(test.rows[0]).toMatchObject({ outcome: 'read', decodeMs: 2900 });
    expect(test.due?.number).toBe(2);
  });

  it.each([
    ['with what a scanner adds', `]Q1POSBENCH 01 M 25\t#`, true],
    ['in small letters', 'posbench 01 m 25', true],
    ['with the end of line it types', 'POSBENCH 01 M 25\r\n', false],
  ])('%s is known, and altered: %s', (_what, text, altered) => {
    const test = course();
    test.take(read(text), 500);
    expect(test.rows[0]).toMatchObject({ outcome: 'read', altered });
  });

  it('of which the terminal hides all but the first digits, as of payers’ codes, is known by them', () => {
    const test = course();
    const unionpay = gradedCodes.find(({ form }) => form === 'unionpay');
    const hidden = (text: string): string => text.slice(0, 2) + '*'.repeat(text.length - 2);
    test.take(read(hidden(unionpay?.text ?? '')), 500);
    const rowOf = (number = 0) => test.rows[number - 1];
    expect(rowOf(unionpay?.number)).toMatchObject({ outcome: 'read', altered: false });
    expect(test.rows.filter(({ outcome }) => outcome === 'read')).toHaveLength(1);
    test.take(read(hidden('6222000000000000019')), 900);
    expect(test.foreign.count).toBe(1);
    // Several of the neutral ones have this length: none of them is credited with it.
    test.take(read(hidden(textOf(9))), 950);
    expect(test.foreign.count).toBe(2);
  });

  it('of a stranger’s code lets nothing go on; the last of them are shown as they may be', () => {
    const test = course();
    for (let at = 0; at < 10_000; at++) test.take(read(`code ${at}`), at);
    expect(test.due?.number).toBe(1);
    expect(test.foreign.count).toBe(10_000);
    expect(test.foreign.texts).toEqual([9995, 9996, 9997, 9998, 9999].map((at) => `<code ${at}>`));
  });
});

describe('time and answers', () => {
  it('a code is missed when its time is over, and the next has all of its own', () => {
    const test = course();
    test.passTime(9_999);
    expect(test.due?.number).toBe(1);
    test.passTime(10_000);
    expect(test.due?.number).toBe(2);
    test.passTime(19_999);
    expect(test.due?.number).toBe(2);
    expect(test.rows[0]?.outcome).toBe('missed');
  });

  it('an answer about a code that is not due any more is not taken', () => {
    const test = course();
    test.take(read(textOf(1)), 500);
    expect(test.answer(1, 'missed', 600)).toBe(false);
    expect(test.due?.number).toBe(2);
    expect(test.rows[0]?.outcome).toBe('read');
  });

  it('finishing leaves what was not shown unjudged', () => {
    const test = course();
    test.answer(1, 'skip', 100);
    test.answer(2, 'finish', 200);
    expect(test.ended).toBe('finished');
    expect(test.rows.map(({ outcome }) => outcome)).toEqual([
      'skipped',
      ...Array<string>(24).fill('not-shown'),
    ]);
    expect(test.due).toBeNull();
  });

  it('five misses end it only where nothing at all was heard', () => {
    const silent = course();
    const talking = course();
    talking.take(read('somebody else’s'), 10);
    for (const test of [silent, talking]) {
      for (let number = 1; number <= 5; number++) test.answer(number, 'missed', number);
    }
    expect(silent.ended).toBe('nothing-read');
    expect(talking.ended).toBeNull();
    expect(talking.due?.number).toBe(6);
  });
});
