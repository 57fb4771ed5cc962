import { describe, expect, test } from 'vitest';
import { conditionIds } from '../../../native-bridge/diagnosis/rules/index.ts';
import {
  phrasedConditions,
  understoodIn,
} from '../../../native-bridge/diagnosis/knowledge/index.ts';
import { shippedKnowledge } from '../../../native-bridge/terminals/knowledge.ts';

const shipped = shippedKnowledge();
const asking = [
  { id: 'exact-words', choices: [] },
  { id: 'with-choices', choices: [{ id: 'yes' }] },
];
const understood = (words: string, symptom: 'S1' | 'S2' | 'S5' | null = 'S2') =>
  understoodIn({ 'exact-words': words }, shipped, symptom, asking);

describe('exact words', () => {
  test('show the condition they point to', () => {
    expect(understood('系统繁忙，请稍后再试')).toEqual([
      { condition: 'platform-down', question: 'exact-words', excerpt: '系统繁忙，请稍后再试' },
    ]);
    expect(understood('03 无效商户')).toMatchObject([{ condition: 'binding-merchant-unknown' }]);
  });

  test('that are read under another symptom show nothing', () => {
    expect(understood('系统繁忙，请稍后再试', 'S5')).toEqual([]);
    expect(understood('系统繁忙，请稍后再试', null)).toHaveLength(1);
  });

  test('that point to no condition, are not known, or were not read show nothing', () => {
    expect(understood('每个二维码仅限使用一次')).toEqual([]);
    expect(understood('今天天气不错')).toEqual([]);
    expect(understood('unknown')).toEqual([]);
    expect(understoodIn({ 'with-choices': '系统繁忙' }, shipped, 'S2', asking)).toEqual([]);
  });

  test('are shown as evidence without their controls', () => {
    expect(understood('\u001b[2J系统繁忙\u202e')[0]?.excerpt).toBe('系统繁忙');
  });
});

test('the conditions that words can show are the diagnosis’s own, by symptom', () => {
  const known: readonly string[] = conditionIds;
  for (const symptom of ['S1', 'S2', 'S3', 'S4', 'S5', null] as const) {
    for (const id of phrasedConditions(shipped, symptom)) expect(known).toContain(id);
  }
  expect(phrasedConditions(shipped, 'S1').has('network-host-unreachable')).toBe(true);
  expect(phrasedConditions(shipped, 'S5').has('network-host-unreachable')).toBe(false);
  expect(phrasedConditions(shipped, 'S2').has('binding-merchant-unknown')).toBe(true);
});
