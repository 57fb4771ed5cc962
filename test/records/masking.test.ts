import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecrets, passesLuhn } from '../../native-bridge/protocols/masking.ts';

const digits10 = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Completes digits to a number that passes Luhn. */
function withCheckDigit(digits: string): string {
  const check = digits10.find((digit) => passesLuhn(digits + digit));
  return digits + (check ?? '');
}

const cardNumber = fc
  .tuple(
    fc.constantFrom('4', '51', '62', '955880', '2221', '6011'),
    fc.integer({ min: 16, max: 19 }),
  )
  // Cards that begin with 2221–2720 have 16 digits.
  .map(([start, length]) => [start, start === '2221' ? 16 : length] as const)
  .chain(([start, length]) =>
    fc
      .string({
        unit: fc.constantFrom(...digits10),
        minLength: length - start.length - 1,
        maxLength: length - start.length - 1,
      })
      .map((rest) => withCheckDigit(start + rest)),
  );

/** As people and programs write them. */
const grouping = fc.constantFrom<(pan: string) => string>(
  (pan) => pan,
  (pan) => pan.replace(/(.{4})(?=.)/g, '$1 '),
  (pan) => pan.replace(/(.{4})(?=.)/g, '$1-'),
  (pan) => `${pan.slice(0, 6)} ${pan.slice(6)}`,
);

const neighbour = fc
  .oneof(
    fc.constantFrom('', 'x', 'PAN', 'CNY', ' ok ', ' 2026-12-01 ', ' 08:26:33 ', '.', '\n'),
    fc.integer({ min: 0, max: 999_999 }).map((number) => ` ${number} `),
    fc.integer({ min: 0, max: 999_999 }).map((cents) => ` ${(cents / 100).toFixed(2)} `),
    fc.tuple(fc.nat(9999), fc.nat(9999)).map(([one, other]) => ` ${one} ${other}-`),
    fc.nat(99_999_999).map((number) => `-${number} `),
  )
  .filter((text) => !/^\d|\d$/.test(text));

describe('card numbers', () => {
  it('keep their last four digits, whatever stands around them', () => {
    fc.assert(
      fc.property(cardNumber, fc.constantFrom(' ', ':', '"', '=', ',', '卡号'), (pan, around) => {
        const masked = maskSecrets(`${around}${pan}${around}`);
        expect(masked).toContain(`${'*'.repeat(pan.length - 4)}${pan.slice(-4)}`);
        expect(masked).not.toContain(pan);
      }),
    );
  });

  it('are hidden beside dates, amounts, other numbers and letters, alone and in groups', () => {
    fc.assert(
      fc.property(cardNumber, grouping, neighbour, neighbour, (pan, inGroups, before, after) => {
        const masked = maskSecrets(`${before}${inGroups(pan)}${after}`);
        expect(masked).toContain('*'.repeat(pan.length - 4));
        expect(masked.replace(/[ -]/g, '')).not.toContain(pan.slice(0, -4));
      }),
      { seed: 20_261_201, numRuns: 2000 },
    );
  });

  it.each([
    ['pay 100 4111111111111111', 'pay 100 ************1111'],
    ['4111111111111111 100 CNY', '************1111 100 CNY'],
    ['2026-12-01 4111111111111111', '2026-12-01 ************1111'],
    ['PAY 4111111111111111 0826', 'PAY ************1111 0826'],
    ['6222020200112233446 3', '***************3446 3'],
    ['x4111111111111111', 'x************1111'],
    ['4111111111111111CNY', '************1111CNY'],
    ['12 4111 1111 1111 1111 0826', '12 ************1111 0826'],
    ['no 7 378282246310005', 'no 7 ***********0005'],
    ['100 3782-822463-10005 1', '100 ***********0005 1'],
    ['4111111111111111 4222222222222', '************1111 *********2222'],
    ['5A084111111111111111', '5A08************1111'],
    ['5A 08 41 11 11 11 11 11 11 11 9F', '5A 08 ************1111 9F'],
    ['6222020200112233446F', '***************3446F'],
    ['57134111111111111111D27121010000012300000F', '5713************1111=***'],
    ['"bankCardNo":"4111111111111112"', '"bankCardNo":"************1112"'],
    ['4111 1111 1111 1111', '************1111'],
    ['4111-1111-1111-1111', '************1111'],
    ['378282246310005', '***********0005'],
    [';6212345678901232=27121010000012300000?', ';************1232=***'],
    ['卡号 6222021234567890123，来过', '卡号 ***************0123，来过'],
    ['银行卡：6222 0212 3456 7890 123', '银行卡：***************0123'],
    ['card number is 4111111111111112', 'card number is ************1112'],
    ['PAN=4111111111111112', 'PAN=************1112'],
    ['卡號 4111111111111112', '卡號 ************1112'],
    ['账号：4111111111111112', '账号：************1112'],
    ['acctNo=4111111111111112', 'acctNo=************1112'],
    ['PAN: 4111.1111.1111.1112', 'PAN: ************1112'],
    ['4111.1111.1111.1111', '************1111'],
    ['4111\u00a01111\u00a01111\u00a01111', '************1111'],
    ['4111–1111–1111–1111', '************1111'],
    ['4111\t1111\t1111\t1111', '************1111'],
    ['4111  1111  1111  1111', '************1111'],
    ['４１１１１１１１１１１１１１１１', '************１１１１'],
    ['41 11 11 11 11 11 11 11', '************1111'],
    ['1 4111 1111 1111 1111 123 7', '1 ************1111 123 7'],
    ['4111 1111 1111 1111 5105 1051 0510 5100', '************1111 ************5100'],
    ['%B4111111111111111^DOE/JOHN^27121010000000123000000?', '%B************1111^***'],
    ['5A:08:41:11:11:11:11:11:11:11', '5A:08:************1111'],
    [
      '57 13 41 11 11 11 11 11 11 11 D2 71 21 01 00 00 01 23 45 67 8F 9F',
      '57 13 ************1111=*** 9F',
    ],
  ])('%s becomes %s', (text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });

  it.each([
    ['an IMEI', '490154203237518'],
    ['an ICCID', '8986001234567890123'],
    ['a time in milliseconds', withCheckDigit('176000000000')],
    ['a merchant number', withCheckDigit('89844010000000')],
    ['a number that fails Luhn', '4111111111111112'],
    ['a longer order number', `42000018${'1'.repeat(20)}`],
    ['an IMEI beside its slot', 'slot 3 490154203237518'],
    ['a time in milliseconds beside a level', `-34 ${withCheckDigit('176000000000')} 34`],
    ['bytes as hex', '42414143364141416f'],
    ['a UUID', '4abe4111-1111-4111-8111-111111111111'],
    ['counters of a row that pass Luhn together', '10 4111 1111 11 11 1111 77'],
    ['samples of a battery', '4035 4005 3969 4072 4031 4035 4005 3969 4072 4031'],
    ['a few of them', '4035 4005 3969 4072 4031'],
    ['an ICCID with its label', 'SIM card: 8986011234567890123'],
    ['an ICCID with its label in Chinese', 'SIM卡号：8986011234567890123'],
    ['a serial number', `SN${withCheckDigit('411111111111111')}`],
    ['a number with another’s prefix', `TX${withCheckDigit('312345678901234')}`],
    ['a date, a time and an order number', '2026-12-01 08:26:33 20261201082633000001'],
  ])('%s stays legible', (_what, text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

describe('long secrets', () => {
  const hex = '0123456789abcdef'.repeat(2);
  it('hides long hex and base64 with no name', () => {
    expect(maskSecrets(`got ${hex} back`)).toBe('got *** back');
    expect(maskSecrets('k MEUCIQDx3vYp2bXc9kTz0QwErTyUiOpAsDfGhJkL1234 end')).toBe('k *** end');
  });

  it('hides a private key', () => {
    const pem = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----';
    expect(maskSecrets(`x ${pem} y`)).toBe('x [EC PRIVATE KEY ***] y');
  });

  it.each([
    `hash ${hex}${hex}`,
    `"hash":"${hex}${hex}"`,
    `sha256: ${hex}${hex}`,
    `imageHash=${hex}${hex}`,
    '/usr/share/applications/toolkit/documents/readme/index',
    '018f3c5e-7a1b-7c3d-8e4f-0123456789ab',
    'com.vendor.payments.android.terminal.service.Main',
  ])('%s stays legible', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

describe('rows of numbers', () => {
  it.each([2, 3, 4, 5, 6, 7, 8, 9])('of %d digits stay legible', (length) => {
    const number = fc.integer({ min: 10 ** (length - 1), max: 10 ** length - 1 });
    fc.assert(
      fc.property(fc.array(number, { minLength: 10, maxLength: 20 }), (numbers) => {
        const row = numbers.join(' ');
        expect(maskSecrets(row)).toBe(row);
      }),
      { seed: length, numRuns: 300 },
    );
  });
});

describe('masking', () => {
  const ordinary = 'the terminal was switched on at 08:26 and greeted 3 of them\n';
  const millionOf = (text: string): string =>
    text.repeat(Math.ceil(1_000_000 / text.length)).slice(0, 1_000_000);

  let usual: number | undefined;

  /** Time of the processor, in ms: others use the machine as well. */
  function timeFor(text: string): number {
    const before = process.cpuUsage().user;
    maskSecrets(text);
    return (process.cpuUsage().user - before) / 1000;
  }

  it.each([
    '1 ',
    '4111 ',
    '4111 1111 1111 1111 ',
    '4',
    '41 11 D',
    '5A08',
    '%B4111111111111111^A^',
    'psk=',
    'password"',
    'PASSWORD= ',
    'psk="\\',
    'psk=<a',
    'psk={"a":[',
    `${'b'.repeat(64)}psk=& c= `,
    'secret:,a',
    'a://a:',
    '<psk ',
    '<token><![CDATA[',
    '"key":"psk","a":"b","c":"d",',
    '"cookie:x ',
    '密码=[x\n',
    '密码【',
    '密码（a',
    '密码是',
  ])('takes time in proportion to the text: a megabyte of %j', (piece) => {
    usual ??= timeFor(millionOf(ordinary));
    expect(timeFor(millionOf(piece))).toBeLessThan(usual * 25);
  });

  const piece = fc.constantFrom(
    ...['psk', 'password', 'PIN', 'cvv ', 'Cookie', 'Bearer ', 'token', 'value', 'key', 'name'],
    ...['密码', '密钥', '码', '是', '为', '：', '（', '）', '【', '】', '０', '\u00a0', '–'],
    ...[
      '=',
      ':',
      '"',
      "'",
      '\\"',
      '<',
      '>',
      '</',
      '/>',
      '[',
      ']',
      '{',
      '}',
      '(',
      ')',
      ',',
      ';',
      '&',
    ],
    ...[
      ' ',
      '  ',
      '\t',
      '\n',
      '^',
      '?',
      '-',
      '.',
      '*',
      'is ',
      '->',
      'x=',
      'true',
      'SN',
      'PAN',
      '%B',
    ],
    ...['<string name="', '<value>', '<![CDATA[', ']]>', '+CPIN=', 'http://u:', '@h'],
    ...['1', '12', '4111', '1111', '4111111111111111', '6222021234567894', '57 13', ' 41 11', 'D'],
  );

  it('leaves what it masked as it is', () => {
    const pieces = fc.array(piece, { maxLength: 14 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string(), pieces), (text) => {
        const once = maskSecrets(text);
        expect(maskSecrets(once)).toBe(once);
      }),
      { seed: 20_261_201, numRuns: 2000 },
    );
  });
});
