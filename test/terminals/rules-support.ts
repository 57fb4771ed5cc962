/** A small rule file that is right, and ways to make it wrong. */
import type { Knowledge } from '../../native-bridge/contract/knowledge.ts';
import { knownConditions } from '../../native-bridge/diagnosis/knowledge/index.ts';
import type { Checked } from '../../native-bridge/terminals/check-tree.ts';
import { checkRules } from '../../native-bridge/terminals/knowledge-file/check.ts';

export const goodRules = `format: 1
name: corner-shop
sources:
  circular:
    title: Circular 7 of the acquirer
    url: https://acquirer.example/7
responseCodes:
  'Z1':
    words: { zh-CN: 商户停用, en: Merchant stopped }
    condition: receiving-closed
    who: acquirer
    mark: S
    source: circular
phrases:
  own-words:
    pattern: '(门店|本店)未上架'
    examples:
      zh-CN: [门店未上架, '本店 未上架！']
    words: { zh-CN: 没上架, en: Not listed }
    condition: merchant-frozen
    who: acquirer
    symptoms: [S2]
acting:
  acquirer:
    is: { zh-CN: 收单机构甲, en: Acquirer A }
    reach: { zh-CN: 找小王, en: Ask for Wang }
    phones:
      - { labels: { zh-CN: 热线, en: Hotline }, phone: 400-000-0000 }
    ask:
      - { zh-CN: 原因, en: The reason }
    papers: [licence, stamp]
papers:
  stamp: { zh-CN: 公章, en: company stamp }
papersFor:
  merchant-frozen: [stamp]
cards:
  own-card:
    title: { zh-CN: 自己的卡, en: Own card }
    when: { zh-CN: 平时, en: Always }
    parts:
      - device: pos
        steps:
          - { zh-CN: 开机, en: Switch on }
`;

export function checkOwn(text: string | Uint8Array): Checked<Knowledge> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const beside = { conditions: knownConditions, papers: ['licence'], from: 'own.yaml' };
  return checkRules(bytes, 'own.yaml', beside);
}

/** The good file with one piece of text replaced; throws where the piece is not in it. */
export function editedRules(piece: string, by: string): string {
  if (!goodRules.includes(piece)) throw new Error(`not in the rules: ${piece}`);
  return goodRules.replace(piece, () => by);
}
