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

  it.each([
    ['4111 1111 1111 1111', '************1111'],
    ['4111-1111-1111-1111', '************1111'],
    ['378282246310005', '***********0005'],
    [';6212345678901232=27121010000012300000?', ';************1232=***'],
    ['卡号 6222021234567890123，来过', '卡号 ***************0123，来过'],
    ['银行卡：6222 0212 3456 7890 123', '银行卡：***************0123'],
    ['card number is 4111111111111112', 'card number is ************1112'],
    ['PAN=4111111111111112', 'PAN=************1112'],
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
  ])('%s stays legible', (_what, text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

describe('named secrets', () => {
  it.each([
    ['psk=hunter22 ssid=Shop', 'psk=*** ssid=Shop'],
    ['"password":"a b c","x":1', '"password":"***","x":1'],
    ['wifi/psk = "hunter 22"', 'wifi/psk = "***"'],
    ['PIN: 1234', 'PIN: ***'],
    ['pin_block=0412AC89ABCDEF67', 'pin_block=***'],
    ['TMK = 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 00 ok', 'TMK = *** ok'],
    ['密码:abc123', '密码:***'],
    ['--password=x', '--password=***'],
    ['api_key=abcdef', 'api_key=***'],
    ['token: eyJhbGciOi', 'token: ***'],
    ['密码 884422，收银员说的', '密码 ***，收银员说的'],
    ['密码884422', '密码***'],
    ['Wi-Fi 密码是hunter', 'Wi-Fi 密码是***'],
    ['PIN 1234 was typed', 'PIN *** was typed'],
    ['TMK 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 00 ok', 'TMK *** ok'],
  ])('%s becomes %s', (text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });

  it.each([
    'pinned=3 slots',
    'spin: 2',
    'key=qr/mode',
    'tokens are fine',
    'mapping=x',
    'password wrong, tried 3 times',
    '密码错误',
    'PIN pad 2',
    '顾客换了一张银行卡 3 次',
  ])('%s stays', (text) => {
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

describe('masking', () => {
  it('takes time in proportion to the text', () => {
    const hostile = ['1 '.repeat(60_000), 'psk='.repeat(30_000), 'password"'.repeat(20_000)].join();
    const started = performance.now();
    maskSecrets(hostile);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('leaves what it masked as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = maskSecrets(text);
        expect(maskSecrets(once)).toBe(once);
      }),
    );
  });
});
