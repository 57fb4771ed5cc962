import { describe, expect, it } from 'vitest';
import { inspectQr } from '../../../native-bridge/diagnosis/qr/index.ts';
import { fieldMeaning, fieldName } from '../../../native-bridge/diagnosis/qr/field-names.ts';
import {
  decodeObjects,
  encodeMerchantPresented,
} from '../../../native-bridge/protocols/emvco/index.ts';
import { say } from '../../../native-bridge/wording/index.ts';
import { payload } from '../terminal.ts';

const keys = (sentences: readonly { key: string }[]) => sentences.map(({ key }) => key);

describe('what a payment code says', () => {
  it('is what it says where a field holds the name of something of the language', () => {
    expect(fieldMeaning('01', 'constructor')).toBeNull();
    expect(fieldMeaning('55', '__proto__')).toBeNull();
  });

  it.each([
    ['https://qr.alipay.com/fkx0123456789', 'qr_platform_alipay'],
    ['HTTPS://QR.ALIPAY.COM/FKX0123456789', 'qr_platform_alipay'],
    ['wxp://f2f0example', 'qr_platform_wechat_receive'],
    ['weixin://wxpay/bizpayurl?pr=example', 'qr_platform_wechat_order'],
    ['https://qr.95516.com/00010000/example', 'qr_platform_unionpay'],
    ['https://pay.example.cn/qr/1', 'qr_address'],
    ['https://qr.alipay.com.example.cn/fkx', 'qr_address'],
    ['https://qr.alipay.com./fkx', 'qr_platform_alipay'],
    ['https://qr.alipay.com:443/fkx', 'qr_platform_alipay'],
    ['https://qr.%61lipay.com/fkx', 'qr_platform_alipay'],
    ['https://example.cn/?to=https://qr.alipay.com/', 'qr_address'],
    ['wxp:f2f0', 'qr_other'],
  ])('names the platform of %s: %s', (text, key) => {
    expect(inspectQr(text).what.key).toBe(key);
  });

  it('finds no fault with an address by EMVCo’s rules', () => {
    expect(inspectQr('https://qr.alipay.com/fkx')).toMatchObject({ faults: [], checksum: null });
  });

  it.each([
    ['134567890123456789', 'qr_payer_wechat'],
    ['281234567890123456', 'qr_payer_alipay'],
    ['6217001234567890123', 'qr_payer_unionpay'],
    ['991234567890123456', 'qr_payer_unknown'],
  ])('knows a payer’s code, and shows no more than its first digits', (text, key) => {
    const code = inspectQr(text);
    expect(code.what.key).toBe(key);
    expect(JSON.stringify(code)).not.toContain(text.slice(0, 6));
  });

  it.each([
    '1345 6789 0123 4567 89',
    '1345-6789-0123-4567-89',
    '134567890123456789,',
    '"134567890123456789"',
    '１３４５６７８９０１２３４５６７８９',
  ])('knows a payer’s code as a person copies it: %s', (text) => {
    expect(inspectQr(text)).toMatchObject({ kind: 'payer', text: '13****************' });
  });

  it('hides a payer’s code that stands in other text', () => {
    expect(inspectQr('alipay:281234567890123456').text).toBe('alipay:28****************');
  });

  it.each([
    ['in the rest of a template', '00020101021126280004abcd01994111111111111111520458125802CN'],
    ['in an account that is cut short', '0002010102110298411111111111111'],
    ['in a text that is too long to be taken apart', `000201${'0'.repeat(1100)}4111111111111111`],
  ])('hides a card number %s', (_where, text) => {
    expect(JSON.stringify(inspectQr(text))).not.toContain('41111111111111');
  });

  it('takes for the host what a browser takes for it, and shows no secret in it', () => {
    const host = (text: string) => inspectQr(text).what.facts['host'];
    expect(host('https://evil.example?card=4111111111111111')).toBe('evil.example');
    expect(host('https://qr.alipay.com@evil.example/x')).toBe('evil.example');
    expect(host('https://evil.example\\@qr.alipay.com/x')).toBe('evil.example');
  });

  it('shows a receiving code of usual length as it is', () => {
    const text = 'wxp://f2f0ABCdefGHIjklMNOpqrSTUvwxYZ0123456789abcdefAB';
    expect(inspectQr(text).text).toBe(text);
  });

  it('says that an order’s code expires, and not that a product’s does', () => {
    const notes = (text: string) => inspectQr(text).notes.map(({ key }) => key);
    expect(notes('weixin://wxpay/bizpayurl?pr=abc')).toContain('qr_note_order_expires');
    expect(notes('weixin://wxpay/bizpayurl?sign=a&product_id=1')).not.toContain(
      'qr_note_order_expires',
    );
  });

  it('shows the fields of an EMVCo code in their order, templates before what they hold', () => {
    const { fields, what, faults } = inspectQr(payload());
    expect(faults).toEqual([]);
    expect(what.key).toBe('qr_emvco_dynamic');
    const [template, scheme, number] = fields.filter(({ path }) => path.startsWith('26'));
    expect([template?.value, scheme?.value, number?.value]).toEqual([
      null,
      'cn.posbench.test',
      '898310048160001',
    ]);
  });

  it('hides a card number that stands in a code, and shows the rest as it is', () => {
    const text = payload({ terminal: '4111111111111111' });
    expect(JSON.stringify(inspectQr(text))).not.toContain('4111111111111111');
    expect(inspectQr(text).text).toBe(text.replace('4111111111111111', '************1111'));
    expect(inspectQr(payload()).text).toBe(payload());
  });

  it('names every field in both languages', () => {
    const two = (n: number): string => String(n).padStart(2, '0');
    for (let id = 0; id < 100; id++) {
      for (const path of [two(id), `26.${two(id)}`, `62.${two(id)}`, `64.${two(id)}`]) {
        for (const locale of ['zh-CN', 'en'] as const) {
          expect(say(fieldName(path), locale)).toMatch(/\p{L}/u);
        }
      }
    }
  });

  it('has the wallet’s own rule beside a payer’s code', () => {
    const notes = (text: string) => keys(inspectQr(text).notes);
    expect(notes('134567890123456789')).toEqual(['qr_note_payer', 'qr_note_payer_wechat']);
    expect(notes('281234567890123456')).toEqual(['qr_note_payer', 'qr_note_payer_alipay']);
    expect(notes('991234567890123456')).toEqual(['qr_note_payer', 'qr_note_payer_once']);
  });

  it('takes a payer’s code of EMVCo’s kind apart, and shows nothing that pays or names the payer', () => {
    const code = inspectQr(
      'hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MWETTwegAAAAZmZmUAhQcm9kdWN0MmJJWggSNFZ4kBI0WF8gDkNBUkRIT0xE' +
        'RVIvRU1WXy0IcnVlc2RlZW5kIZ8QBwYBCgMAAACfJghYT9OF+iNLzJ82AgABnzcEbVjvEw==',
    );
    expect(code).toMatchObject({ kind: 'payer', faults: [] });
    const shown = code.fields.map(({ path, value }) => `${path} ${value ?? ''}`);
    expect(shown).toContain('61.4F A0000000666666');
    expect(shown).toContain('62.5A ***');
    const all = JSON.stringify(code);
    for (const secret of ['12345678', 'CARDHOLDER', '584FD385', 'hQVDUFYwMWET']) {
      expect(all).not.toContain(secret);
    }
  });

  it('names the scheme of a payer’s code by its application id', () => {
    const text =
      'hQVDUFYwMWFWTwigAAADMwEBAlcRYmNgAQBxNnLSMSIBAAABiAFfNAEAYzOfJghWite85mtxi58nAYCfEBEHAAEDoAAAAQgw' +
      'MDAwMDAwMZ82AhEiggIAAJ83BCJgSI4=';
    expect(inspectQr(text).what).toEqual({
      key: 'qr_payer_emvco_of',
      facts: { scheme: 'UnionPay' },
    });
  });

  it.each([
    ['https://qr.alipay.com@evil.example/x', 'userinfo'],
    ['https://qr.alipay.com.evil.example/x', 'named_inside'],
    ['https://qr.аlipay.com/x', 'lookalike'],
    ['https://qr.a1ipay.com/x', 'lookalike'],
    ['https://evil.example\\@qr.alipay.com/x', 'backslash'],
    ['https://exa mple/x', 'unreadable'],
  ])('calls it a fault that %s deceives: %s', (text, trick) => {
    expect(keys(inspectQr(text).faults)).toContain(`qr_trick_${trick}`);
  });

  it.each([
    ['http://qr.alipay.com/x', 'http'],
    ['https://0x7f.1/x', 'ip'],
    ['https://[::1]/x', 'ip'],
    ['https://pay.example:8443/x', 'port'],
    ['https://bücher.example/x', 'punycode'],
    ['https://qr.alipay.com./x', 'trailing_dot'],
    ['https://qr.%61lipay.com/x', 'percent_host'],
  ])('cautions of what is odd in %s: %s', (text, trick) => {
    const { faults, cautions } = inspectQr(text);
    expect([faults, keys(cautions)]).toEqual([[], [`qr_trick_${trick}`]]);
  });

  it('has nothing to say against the wallets’ own addresses', () => {
    for (const text of ['https://qr.alipay.com/fkx', 'https://qr.95516.com/1', 'wxp://f2f0']) {
      const { faults, cautions } = inspectQr(text);
      expect([faults, cautions]).toEqual([[], []]);
    }
  });

  it('shows characters that can’t be seen by their numbers, and says that there are some', () => {
    const text = 'https://pay.example/\u202Egnp.exe\u0007';
    const code = inspectQr(text);
    expect(code.text).toBe('https://pay.example/⟨U+202E⟩gnp.exe⟨U+0007⟩');
    expect(keys(code.cautions)).toContain('qr_caution_hidden');
    const name = inspectQr(payload({ name: '王\u200B家' })).fields.find(
      ({ path }) => path === '64.01',
    );
    expect(name?.value).toBe('王⟨U+200B⟩家');
  });

  it('finds a card number that invisible characters take apart', () => {
    const code = inspectQr('card 4111\u200B1111\u200B1111\u200B1111');
    expect(code.text).not.toContain('1111⟨');
    expect(code.text).not.toContain('41111111');
  });

  it('says of a wrong checksum what it is and what it should be, and marks its field', () => {
    const right = payload();
    const { faults, fields, checksum } = inspectQr(right.replace('HANGZHOU', 'HANGZHEU'));
    expect(faults).toEqual([
      { key: 'qr_fault_crc', facts: { expected: checksum?.expected, found: right.slice(-4) } },
    ]);
    expect(fields.filter(({ mark }) => mark !== null).map(({ path }) => path)).toEqual(['63']);
  });

  it('cautions of an amount in a static code', () => {
    const text = encodeMerchantPresented([
      ...decodeObjects(payload({ initiation: '11' }).slice(0, -8)),
      { id: '54', value: '12.50' },
    ]);
    expect(inspectQr(text).cautions).toEqual([
      { key: 'qr_caution_static_amount', facts: { amount: '12.50' } },
    ]);
  });

  it.each([
    ['52', '5812', 'restaurants'],
    ['53', '156', 'Chinese Yuan (CNY)'],
    ['58', 'CN', 'China'],
    ['62.09', 'AM', 'the wallet asks for address and mobile number'],
    ['62.11', '410', 'on a screen'],
    ['62.50.00', 'A000000333010101', 'UnionPay'],
    ['64.00', 'ZH', 'Chinese'],
  ])('knows what %s %s stands for', (path, value, meaning) => {
    const said = fieldMeaning(path, value);
    expect(said === null ? null : say(said, 'en')).toBe(meaning);
  });
});
