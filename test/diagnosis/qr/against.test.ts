import { describe, expect, it } from 'vitest';
import { compareQr } from '../../../native-bridge/diagnosis/qr/index.ts';
import { Bench, merchant, payload } from '../terminal.ts';

const compared = (text: string, bench = new Bench()) =>
  compareQr(text, bench.input('S3')).map(({ verdict, what }) => `${verdict} ${what.key}`);

describe('a code held against a terminal', () => {
  it('that pays its merchant passes', () => {
    expect(compared(payload())).toEqual(['pass qr_against_pays_this']);
  });

  it.each([
    ['another merchant', { number: merchant.otherNumber, name: '隔壁' }, 'other_merchant'],
    ['another terminal', { terminal: '99999999' }, 'other_terminal'],
    ['another currency', { currency: '344' }, 'currency'],
    ['another mode than is set', { initiation: '11' }, 'mode'],
  ])('that names %s fails', (_what, parts, key) => {
    const [first] = compared(payload(parts));
    expect(first).toMatch(new RegExp(`^fail (?:qr_against|found_qr)_${key}$`));
  });

  it('shows no card number that it names', () => {
    const told = compareQr(payload({ terminal: '4111111111111111' }), new Bench().input('S3'));
    expect(JSON.stringify(told)).not.toContain('4111111111111111');
  });

  it('that is an address is unknown where nobody says which is expected', () => {
    expect(compared('https://qr.alipay.com/fkx')).toEqual(['unknown qr_against_unknown']);
  });

  it('that is broken fails, whomever it names', () => {
    expect(compared(payload().replace('HANGZHOU', 'HANGZHEU'))[0]).toMatch(/^fail/);
  });

  it('that a payer shows has nothing to compare', () => {
    expect(compared('134567890123456789')).toEqual(['not-applicable qr_against_not_applicable']);
  });

  it('is unknown where the terminal’s own settings can’t be read', () => {
    const bench = new Bench();
    bench.expectations = false;
    bench.without('payment.merchantNumber', 'payment.merchantName', 'payment.terminalNumber');
    expect(compared(payload(), bench)).toEqual(['unknown qr_against_unknown']);
  });
});
