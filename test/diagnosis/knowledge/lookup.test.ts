import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asCompared, maxKnowledgeText } from '../../../native-bridge/contract/knowledge.ts';
import {
  actorCard,
  codeIn,
  findPhrases,
  meaningsOf,
  papersForCondition,
  responseCode,
} from '../../../native-bridge/diagnosis/knowledge/index.ts';
import { shippedKnowledge } from '../../../native-bridge/terminals/knowledge.ts';

const shipped = shippedKnowledge();
const best = (text: string) => findPhrases(text, shipped, null)[0]?.phrase.condition;

describe('a phrase', () => {
  test.each([
    ['  收款方 账户 异常。', 'merchant-frozen'],
    ['收款方账户异常！（错误码 A01）', 'merchant-frozen'],
    ['此商家的收款功能已被限制,暂无法支付。商家可以登录微信商户平台查看原因', 'merchant-frozen'],
    ['Ｗｉ－Ｆｉ密码错误', 'wifi-not-joined'],
    ['该二维码已失效', 'qr-code-expired'],
    ['{"code":"USERPAYING","message":"用户支付中，需要输入密码"}', 'order-password-pending'],
    ['交易失败：终端未签到', 'sign-in-needed'],
    ['T+1 到账', 'settlement-pending'],
    ['insufficient  BALANCE', 'payer-balance'],
    ['ACQ.BUYER_BALANCE_NOT_ENOUGH', 'payer-balance'],
  ])('“%s” points to %s, however it is written', (text, condition) => {
    expect(best(text)).toBe(condition);
  });

  test('that takes more of the text goes first', () => {
    const found = findPhrases('银行系统异常，主密钥未下载', shipped, null);
    expect(found.map(({ characters }) => characters)).toEqual(
      found.map(({ characters }) => characters).toSorted((a, b) => b - a),
    );
    expect(found[0]?.phrase.id).toBe('system-busy');
    expect(found.map(({ phrase }) => phrase.id)).toContain('key-missing');
  });

  test('of another symptom is not found under this one', () => {
    expect(findPhrases('出款失败', shipped, 'S5')).toHaveLength(1);
    expect(findPhrases('出款失败', shipped, 'S2')).toEqual([]);
  });

  test('beyond the limit of a text is not looked for', () => {
    expect(best('啊'.repeat(maxKnowledgeText - 4) + '余额不足')).toBe('payer-balance');
    expect(best('啊'.repeat(maxKnowledgeText) + '余额不足')).toBeUndefined();
  });

  test('is found or not in any text whatever, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const { characters } of findPhrases(text, shipped, null)) {
          expect(characters).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('that is no pattern is passed over', () => {
    const [phrase] = shipped.phrases;
    if (!phrase) throw new Error('no phrases');
    expect(findPhrases('余额不足', { phrases: [{ ...phrase, pattern: '(' }] }, null)).toEqual([]);
  });
});

describe('a text as compared', () => {
  test('has one form, whatever it expands to', () => {
    expect(asCompared('ＡＣＱ．Seller_Been Blocked\u200b\n①')).toBe('acqsellerbeenblocked1');
    expect(asCompared('\ufdfa'.repeat(maxKnowledgeText)).length).toBe(maxKnowledgeText);
  });

  test('compared again stays the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const once = asCompared(text);
        expect(asCompared(once)).toBe(once);
      }),
      // Two marks that change places once the sign between them is gone.
      { examples: [['\u{1d157}\u{1d165}\ufe72']] },
    );
  });
});

describe('a response code', () => {
  test.each([
    '77',
    ' 77 ',
    '[77] 请重新签到',
    '77-请重新签到',
    '应答码：77',
    '错误码 77',
    'Response code 77',
  ])('is found in “%s”', (text) => {
    expect(codeIn(text, shipped)).toMatchObject({ code: '77', condition: 'sign-in-needed' });
  });

  test('is taken in small letters', () => {
    expect(responseCode('a0', shipped)?.condition).toBe('sign-in-needed');
  });

  test.each(['770', '12.50 元', '2026-05-04', '订单 77 号', 'OK', '收款 96 元'])(
    'is not found in “%s”',
    (text) => {
      expect(codeIn(text, shipped)).toBeNull();
    },
  );
});

describe('what a text means', () => {
  test('names code and phrases, who acts and the papers for it', () => {
    const meanings = meaningsOf('97 终端号未登记', shipped, null);
    expect(meanings.map(({ kind, id }) => [kind, id])).toEqual([
      ['code', '97'],
      ['phrase', 'terminal-unregistered'],
    ]);
    for (const { condition, who, papers } of meanings) {
      expect({ condition, who }).toEqual({ condition: 'binding-unfiled', who: 'acquirer' });
      expect(papers.map(({ id }) => id)).toContain('serial-photo');
    }
  });

  test('without a condition needs no papers', () => {
    expect(papersForCondition(null, shipped)).toEqual([]);
    expect(meaningsOf('68', shipped, null)).toMatchObject([{ condition: null, papers: [] }]);
  });

  test('that nobody knows is nothing', () => {
    expect(meaningsOf('今天天气不错', shipped, null)).toEqual([]);
  });

  test('an actor of whom nothing is known has no card', () => {
    expect(actorCard('issuer', shipped)?.actor).toBe('issuer');
    expect(actorCard('issuer', { acting: [] })).toBeNull();
  });
});
