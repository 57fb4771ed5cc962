import { describe, expect, it } from 'vitest';
import { inspectQr } from '../../../native-bridge/diagnosis/qr/index.ts';
import { fieldName } from '../../../native-bridge/diagnosis/qr/field-names.ts';
import { say } from '../../../native-bridge/wording/index.ts';
import { payload } from '../terminal.ts';

describe('what a payment code says', () => {
  it.each([
    ['https://qr.alipay.com/fkx0123456789', 'qr_platform_alipay'],
    ['HTTPS://QR.ALIPAY.COM/FKX0123456789', 'qr_platform_alipay'],
    ['wxp://f2f0example', 'qr_platform_wechat_receive'],
    ['weixin://wxpay/bizpayurl?pr=example', 'qr_platform_wechat_order'],
    ['https://qr.95516.com/00010000/example', 'qr_platform_unionpay'],
    ['https://pay.example.cn/qr/1', 'qr_address'],
    ['https://qr.alipay.com.example.cn/fkx', 'qr_address'],
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
});
