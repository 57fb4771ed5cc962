import { describe, expect, it } from 'vitest';
import { compareCodes } from '../../../native-bridge/diagnosis/qr/index.ts';
import { merchant, payload } from '../terminal.ts';

/** A square of a tenth of the picture's width. */
const code = (text: string, x: number) => ({
  text,
  place: { key: 'qr_place', facts: { row: 1, number: x } },
  corners: [
    { x, y: 0 },
    { x: x + 10, y: 0 },
    { x: x + 10, y: 10 },
    { x, y: 10 },
  ],
});
const told = (...codes: ReturnType<typeof code>[]) =>
  compareCodes(codes).map(({ verdict, what }) => `${verdict} ${what.key}`);

describe('codes of one picture', () => {
  const own = payload();
  const other = payload({ number: merchant.otherNumber, name: '隔壁' });

  it('pay the same where their accounts are the same, whatever the terminal', () => {
    expect(told(code(own, 0), code(payload({ terminal: '99999999' }), 20))).toEqual([
      'pass qr_several_same',
    ]);
  });

  it('are told apart by whom they pay', () => {
    const [row] = compareCodes([code(own, 0), code(other, 20)]);
    expect(row).toMatchObject({
      verdict: 'warn',
      what: { key: 'qr_several_other', facts: { payee: merchant.name, otherPayee: '隔壁' } },
    });
  });

  it('that lie over each other are told', () => {
    expect(told(code(own, 0), code(other, 5))).toEqual([
      'warn qr_several_other',
      'warn qr_several_over',
    ]);
  });

  it('that pay nobody are left aside', () => {
    expect(told(code(own, 0), code('134567890123456789', 20), code('a poster', 40))).toEqual([]);
  });

  it('are one where they differ in what makes no other address', () => {
    const addresses = ['https://qr.alipay.com/a', 'HTTP://qr.alipay.com./a/'];
    expect(told(...addresses.map((text, at) => code(text, at * 20)))).toEqual([
      'pass qr_several_same',
    ]);
  });
});
