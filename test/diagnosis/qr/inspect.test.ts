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
