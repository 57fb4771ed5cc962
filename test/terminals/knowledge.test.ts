/** The trade knowledge that is shipped: every entry of it, and what a shop's own file does to it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chinesePunctuation } from '../../build/punctuation.ts';
import { actorSchema } from '../../native-bridge/contract/diagnosis.ts';
import {
  asCompared,
  knowledgeSchema,
  maxPhraseGroups,
} from '../../native-bridge/contract/knowledge.ts';
import type { InBoth } from '../../native-bridge/contract/operating-card.ts';
import { findPhrases, knownConditions } from '../../native-bridge/diagnosis/knowledge/index.ts';
import { rules } from '../../native-bridge/diagnosis/rules/index.ts';
import type { Rule } from '../../native-bridge/diagnosis/rules/rule.ts';
import {
  mergeKnowledge,
  readKnowledgeFile,
  shippedKnowledge,
} from '../../native-bridge/terminals/knowledge.ts';
import { LinearPattern } from '../../native-bridge/terminals/linear-pattern.ts';
import { goodRules } from './rules-support.ts';

const shipped = shippedKnowledge();
const { responseCodes, phrases, acting, papers, papersFor, cards } = shipped;
const folder = mkdtempSync(join(tmpdir(), 'pos-bench-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Of the payer's screen, of one order, of the till system: the diagnosis has no check for them. */
const unchecked = [
  'long-press',
  'pay-oneself',
  'payer-code-expired',
  'payer-code-wrong',
  'already-paid',
  'outcome-unknown',
  'order-number-used',
  'payer-real-name',
  'card-kind',
  'sign-error',
  'request-invalid',
  'settle-first',
];

/** Every text that is said, with where it stands. */
function said(): [place: string, words: InBoth][] {
  return [
    ...responseCodes.map(({ code, words }): [string, InBoth] => [code, words]),
    ...phrases.map(({ id, words }): [string, InBoth] => [id, words]),
    ...acting.flatMap(({ actor, is, reach, ask }) =>
      [is, reach, ...ask].map((words): [string, InBoth] => [actor, words]),
    ),
    ...papers.map(({ id, words }): [string, InBoth] => [id, words]),
    ...cards.flatMap(({ id, title, when, parts, watch }) =>
      [title, when, ...parts.flatMap(({ steps }) => steps), ...watch].map(
        (words): [string, InBoth] => [id, words],
      ),
    ),
  ];
}

const examplesOf = ({ examples }: (typeof phrases)[number]) => [
  ...examples['zh-CN'],
  ...examples.en,
];

describe('the shipped knowledge', () => {
  test('is of the contract’s shape and travels as JSON', () => {
    expect(knowledgeSchema.parse(JSON.parse(JSON.stringify(shipped)))).toEqual(shipped);
  });

  test('is said in both languages, with the punctuation of each', () => {
    for (const [place, words] of said()) {
      expect([place, words['zh-CN']]).toEqual([place, chinesePunctuation(words['zh-CN'])]);
      expect([place, words['zh-CN']]).toEqual([place, expect.stringMatching(/\p{Script=Han}/u)]);
      expect([place, words.en]).toEqual([place, expect.not.stringMatching(/\p{Script=Han}/u)]);
    }
  });

  test('neither shouts nor begs, but where it quotes', () => {
    const unquoted = (text: string) => text.replaceAll(/“[^”]*”/gu, '');
    const wrong = said().filter(([, words]) =>
      /[!！]|请|\bplease\b/iu.test(unquoted(words['zh-CN']) + unquoted(words.en)),
    );
    expect(wrong).toEqual([]);
  });

  test('names a source wherever it says that one is published', () => {
    for (const entry of [...responseCodes, ...phrases, ...acting, ...cards]) {
      if (entry.mark === 'S') expect(entry.source?.title).toMatch(/./u);
      expect(entry.from).toBe('shipped');
    }
  });

  test('names conditions that the diagnosis knows', () => {
    const named = [
      ...[...responseCodes, ...phrases, ...papersFor].map(({ condition }) => condition),
      ...cards.flatMap(({ conditions }) => conditions),
    ];
    const unknown = named.filter((one) => one !== null && !knownConditions.includes(one));
    expect(unknown).toEqual([]);
  });

  test('has whoever acts on a condition act on what points to it', () => {
    const ruled: Readonly<Partial<Record<string, Rule>>> = rules;
    const others = [...responseCodes, ...phrases].flatMap(({ condition, who }) => {
      const rule = condition === null ? undefined : ruled[condition];
      return rule === undefined || rule.who === who ? [] : [[condition, who, rule.who]];
    });
    expect(others).toEqual([]);
  });

  test('has a phrase point to what can produce one of the symptoms that it is read under', () => {
    const ruled: Readonly<Partial<Record<string, Rule>>> = rules;
    const idle = phrases.filter(({ condition, symptoms }) => {
      const rule = condition === null ? undefined : ruled[condition];
      return rule !== undefined && !symptoms.some((one) => rule.produces[one] !== undefined);
    });
    expect(idle.map(({ id }) => id)).toEqual([]);
  });

  test('points to no condition from those phrases only that no check is about', () => {
    expect(phrases.filter(({ condition }) => condition === null).map(({ id }) => id)).toEqual(
      unchecked,
    );
  });

  test('knows every actor, and whom to ask for what', () => {
    expect(acting.map(({ actor }) => actor).sort()).toEqual([...actorSchema.options].sort());
    for (const { ask } of acting) expect(ask.length).toBeGreaterThan(0);
  });

  test('needs every paper that it lists, and lists every paper that it needs', () => {
    const needed = [...acting, ...papersFor].flatMap((one) => one.papers);
    const listed = papers.map(({ id }) => id);
    expect(needed.filter((paper) => !listed.includes(paper))).toEqual([]);
    // Whoever acts for the legal person needs it, whatever the cause.
    expect(listed.filter((paper) => !needed.includes(paper))).toEqual(['authorisation']);
  });
});

describe('the shipped phrases', () => {
  test.each(phrases)(
    '$id has examples in both languages, which it is the best match of',
    (phrase) => {
      expect(phrase.examples['zh-CN'].length).toBeGreaterThan(0);
      expect(phrase.examples.en.length).toBeGreaterThan(0);
      for (const example of examplesOf(phrase)) {
        for (const symptom of phrase.symptoms) {
          const [best] = findPhrases(example, shipped, symptom);
          expect([example, best?.phrase.id]).toEqual([example, phrase.id]);
        }
      }
    },
  );

  test.each(phrases)('no example of $id is taken for another condition', (phrase) => {
    const others = phrases.filter(
      ({ condition, symptoms }) =>
        condition !== phrase.condition && symptoms.some((one) => phrase.symptoms.includes(one)),
    );
    for (const { id, pattern } of others) {
      const compiled = LinearPattern.compile(pattern, { maxGroups: maxPhraseGroups });
      if (!(compiled instanceof LinearPattern)) throw new Error(compiled.problem);
      const taken = examplesOf(phrase).filter((one) => compiled.occursIn(asCompared(one)));
      expect({ by: id, taken }).toEqual({ by: id, taken: [] });
    }
  });

  test.each([
    'SUCCESS',
    '交易成功',
    '支付成功，感谢惠顾',
    '收款到账 12.50 元',
    '欢迎使用',
    'Approved 00',
    '请输入金额',
    '商户名称：张记面馆',
  ])('none takes “%s” for a trouble', (text) => {
    expect(findPhrases(text, shipped, null)).toEqual([]);
  });
});

describe('a shop’s own file', () => {
  async function own(text: string) {
    const path = join(folder, 'own.yaml');
    writeFileSync(path, text);
    const { value, problems } = await readKnowledgeFile(path, knownConditions);
    if (value === null) throw new Error(JSON.stringify(problems));
    return mergeKnowledge(shipped, value);
  }

  test('adds to what is shipped, and says what it replaces', async () => {
    const { knowledge, overridden } = await own(goodRules);
    expect(overridden).toEqual([
      { part: 'acting', id: 'acquirer', from: 'shipped', by: 'own.yaml' },
      { part: 'papersFor', id: 'merchant-frozen', from: 'shipped', by: 'own.yaml' },
    ]);
    expect(knowledge.responseCodes).toHaveLength(responseCodes.length + 1);
    expect(knowledge.phrases.at(-1)).toMatchObject({ id: 'own-words', from: 'own.yaml' });
    const places = knowledge.acting.map(({ actor }) => actor);
    expect(places).toEqual(acting.map(({ actor }) => actor));
    expect(knowledge.acting.find(({ actor }) => actor === 'acquirer')?.from).toBe('own.yaml');
  });

  test('replaces a code and a phrase whole', async () => {
    const { knowledge, overridden } = await own(
      goodRules.replace("'Z1'", "'77'").replace('own-words', 'code-expired'),
    );
    expect(knowledge.responseCodes).toHaveLength(responseCodes.length);
    expect(knowledge.responseCodes.find(({ code }) => code === '77')).toMatchObject({
      words: { en: 'Merchant stopped' },
      from: 'own.yaml',
    });
    expect(overridden.map(({ id }) => id)).toContain('code-expired');
    expect(findPhrases('二维码已过期', knowledge, 'S2')).toEqual([]);
  });

  test('that is not there is a fault, not a problem', async () => {
    await expect(readKnowledgeFile(join(folder, 'none.yaml'), null)).rejects.toMatchObject({
      code: 'file-missing',
    });
    await expect(readKnowledgeFile(folder, null)).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });
});
