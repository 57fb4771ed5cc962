/** Whether the code on the terminal is the expected one: by where a browser would go, not by its look. */
import { describe, expect, it } from 'vitest';
import { isSameCode, placeOf } from '../../../native-bridge/diagnosis/qr/address.ts';

const shop = 'https://pay.posbench.test/s/8a41';

describe('the same code', () => {
  it.each([
    ['a trailing dot', 'https://pay.posbench.test./s/8a41'],
    ['capitals in the host', 'https://PAY.posbench.test/s/8a41'],
    ['the port that the scheme has anyway', 'https://pay.posbench.test:443/s/8a41'],
    ['a user before the host', 'https://other.test@pay.posbench.test/s/8a41'],
    ['escapes that need not be', 'https://pay.posbench.test/%73/8a41'],
    ['a closing slash', `${shop}/`],
    ['http', 'http://pay.posbench.test/s/8a41'],
  ])('is one with %s', (_what, text) => {
    expect(isSameCode(text, shop)).toBe(true);
  });

  it.each([
    ['the shop’s host as a user', 'https://pay.posbench.test@other.test/s/8a41'],
    [
      'the shop’s host as a user, behind a backslash',
      'https://other.test\\@pay.posbench.test/s/8a41',
    ],
    ['another port', 'https://pay.posbench.test:8443/s/8a41'],
    ['a Cyrillic letter in the host', 'https://pay.p\u043esbench.test/s/8a41'],
    ['the host’s name in front of another', 'https://pay.posbench.test.other.test/s/8a41'],
    ['another case in the path', 'https://pay.posbench.test/s/8A41'],
    ['another scheme', 'weixin://pay.posbench.test/s/8a41'],
    ['no address at all', 'pay.posbench.test/s/8a41'],
  ])('is not one with %s', (_what, text) => {
    expect(isSameCode(text, shop)).toBe(false);
  });

  it('two that nobody can read are alike only letter by letter', () => {
    expect(isSameCode('https://a b/1', 'https://c d/2')).toBe(false);
    expect(isSameCode('https://a b/1', 'https://a b/1')).toBe(true);
  });

  it('a host in another script is shown as it is asked for', () => {
    expect(placeOf('https://支付.posbench.test/1')).toBe('xn--bnq875c.posbench.test/1');
    expect(placeOf('https://shop@other.test:8443/1')).toBe('other.test:8443/1');
  });
});
