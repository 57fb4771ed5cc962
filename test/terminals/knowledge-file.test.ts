import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findPhrases } from '../../native-bridge/diagnosis/knowledge/index.ts';
import { say } from '../../native-bridge/wording/index.ts';
import { checkOwn, editedRules, goodRules } from './rules-support.ts';

describe('a rule file that is right', () => {
  const { value, problems, name } = checkOwn(goodRules);

  test('has no problems', () => {
    expect(problems).toEqual([]);
    expect(name).toBe('corner-shop');
  });

  test('says of each entry where it is known from and which file says so', () => {
    const title = 'Circular 7 of the acquirer';
    expect(value?.responseCodes).toMatchObject([
      {
        code: 'Z1',
        mark: 'S',
        source: { title, url: 'https://acquirer.example/7' },
        from: 'own.yaml',
      },
    ]);
    expect(value?.phrases).toMatchObject([{ mark: 'T', source: null, from: 'own.yaml' }]);
  });
});

test('the rule file that README.md shows has no problems', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const shown = /```yaml\n(format: 1\n[\s\S]*?)```/u.exec(readme)?.[1] ?? '';
  expect(checkOwn(shown)).toMatchObject({ name: 'acquirer-a', problems: [] });
});

const wrongRules: readonly (readonly [
  what: string,
  from: string,
  to: string,
  line: number,
  path: string,
  expected: string,
])[] = [
  [
    'an unknown condition',
    'condition: receiving-closed',
    'condition: nonsense-here',
    10,
    'responseCodes/Z1/condition',
    'a condition that the diagnosis knows',
  ],
  [
    'a misspelt condition',
    'condition: merchant-frozen',
    'condition: merchant-frozn',
    20,
    'phrases/own-words/condition',
    'merchant-frozen (probably)',
  ],
  [
    'papers for an unknown condition',
    '  merchant-frozen: [stamp]',
    '  merchant-cold: [stamp]',
    35,
    'papersFor/merchant-cold',
    '',
  ],
  [
    'a code of three characters',
    "'Z1':",
    "'Z12':",
    8,
    'responseCodes/Z12',
    'a response code of two digits',
  ],
  [
    'published without a source',
    '    source: circular\n',
    '',
    9,
    'responseCodes/Z1',
    'the key source',
  ],
  [
    'a source that nobody gave',
    'source: circular',
    'source: hearsay',
    13,
    'responseCodes/Z1/source',
    'a source that stands under sources',
  ],
  [
    'a paper that nobody knows',
    '[licence, stamp]',
    '[licence, passport]',
    31,
    'acting/acquirer/papers/1',
    'a paper that stands under papers',
  ],
  [
    'a phrase without symptoms',
    'symptoms: [S2]',
    'symptoms: []',
    22,
    'phrases/own-words/symptoms',
    'a list of 1 to 5 entries',
  ],
  [
    'an unknown symptom',
    'symptoms: [S2]',
    'symptoms: [S9]',
    22,
    'phrases/own-words/symptoms/0',
    '',
  ],
  [
    'an unknown actor',
    '    who: acquirer\n    symptoms',
    '    who: boss\n    symptoms',
    21,
    'phrases/own-words/who',
    'one of technician',
  ],
  [
    'words in one language',
    '{ zh-CN: 没上架, en: Not listed }',
    '{ zh-CN: 没上架 }',
    19,
    'phrases/own-words/words',
    'the key en',
  ],
  [
    'no example',
    "[门店未上架, '本店 未上架！']",
    '[]',
    18,
    'phrases/own-words/examples',
    'at least one example',
  ],
  [
    'an example that the pattern misses',
    '[门店未上架,',
    '[门店已上架,',
    18,
    'phrases/own-words/examples/zh-CN/0',
    'text that the pattern takes (as compared: 门店已上架)',
  ],
  [
    'a pattern of spaces, which no text holds as compared',
    '(门店|本店)未上架',
    '(门店|本店) 未上架',
    18,
    'phrases/own-words/examples/zh-CN/0',
    'text that the pattern takes',
  ],
  [
    'look-ahead',
    '(门店|本店)未上架',
    '(?=门店)',
    16,
    'phrases/own-words/pattern',
    'a regular expression of the RE2 kind',
  ],
  [
    'a back-reference',
    '(门店|本店)未上架',
    '(a)\\1',
    16,
    'phrases/own-words/pattern',
    'a regular expression of the RE2 kind',
  ],
  [
    'huge repetition',
    '(门店|本店)未上架',
    '(a{99}){99}',
    16,
    'phrases/own-words/pattern',
    'a regular expression of the RE2 kind',
  ],
  [
    'an unclosed class',
    '(门店|本店)未上架',
    '[门店',
    16,
    'phrases/own-words/pattern',
    'a regular expression of the RE2 kind',
  ],
  [
    'a pattern of 201 characters',
    '(门店|本店)未上架',
    'a'.repeat(201),
    16,
    'phrases/own-words/pattern',
    'a regular expression of the RE2 kind (1 to 200 characters)',
  ],
  [
    'a pattern of 33 groups',
    '(门店|本店)未上架',
    '(a)'.repeat(33),
    16,
    'phrases/own-words/pattern',
    'a regular expression of the RE2 kind (at most 32 groups)',
  ],
  [
    'a pattern that is found in every text',
    '(门店|本店)未上架',
    '(门店)?',
    16,
    'phrases/own-words/pattern',
    'a regular expression of the RE2 kind (must not match',
  ],
  ['an id twice', 'cards:\n', 'phrases:\n  x: y\ncards:\n', 36, 'phrases', 'each key once'],
  [
    'a phrase’s id twice',
    '  own-words:\n',
    '  own-words: x\n  own-words:\n',
    16,
    'phrases/own-words',
    'each key once',
  ],
  [
    'a terminal escape in a text',
    'en: Switch on',
    'en: "\\e[2JSwitch on"',
    43,
    'cards/own-card/parts/0/steps/0/en',
    'text without control or invisible characters',
  ],
  [
    'a bidi mark in a text',
    'en: Merchant stopped',
    'en: "Merchant \\u202Edeppots"',
    9,
    'responseCodes/Z1/words/en',
    'text without control or invisible characters',
  ],
  [
    'a bidi mark in a telephone number',
    'phone: 400-000-0000',
    'phone: "400\\u202E-000-0000"',
    28,
    'acting/acquirer/phones/0/phone',
    'a telephone number',
  ],
  [
    'an address without https',
    'https://acquirer',
    'http://acquirer',
    6,
    'sources/circular/url',
    'an https address',
  ],
  [
    'an unknown device',
    'device: pos',
    'device: fridge',
    41,
    'cards/own-card/parts/0/device',
    'one of code-plate',
  ],
  ['a key nobody knows', 'papersFor:', 'papersfor:', 34, 'papersfor', 'the key papersFor'],
  ['another format', 'format: 1', 'format: 2', 1, 'format', 'one of 1'],
];

describe('a rule file that is wrong', () => {
  test.each(wrongRules)(
    'names line and what was expected: %s',
    (_what, from, to, line, path, expected) => {
      const { value, problems } = checkOwn(editedRules(from, to));
      expect(value).toBeNull();
      const [problem] = problems;
      expect(problem).toMatchObject({ file: 'own.yaml', line, path });
      expect(problem?.expected.startsWith(expected)).toBe(true);
      expect(problem?.found.length).toBeLessThan(80);
    },
  );

  test.each(wrongRules)('says so in Chinese too: %s', (_what, from, to) => {
    for (const { expectation } of checkOwn(editedRules(from, to)).problems) {
      const words = say(expectation, 'zh-CN');
      expect(words).not.toMatch(/^\[/);
      expect(words).toMatch(/[\p{Script=Han}]|merchant-frozen/u);
    }
  });

  test('names every problem at once', () => {
    const text = goodRules.replace('[S2]', '[S9]').replace('device: pos', 'device: fridge');
    expect(checkOwn(text).problems.map(({ line }) => line)).toEqual([22, 41]);
  });

  test.each([
    ['of ten megabytes', new Uint8Array(10_000_000).fill(0x20), 'a file of at most 128 KB'],
    ['nested deeply', `phrases: ${'['.repeat(60_000)}`, 'at most 16 levels of nesting'],
    ['with an alias', goodRules.replace('[stamp]', '*all'), 'values written out'],
    ['that is a list', '- a\n', 'a map of keys and values'],
    ['that is a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47]), 'text in UTF-8'],
    ['of 501 phrases', manyPhrases(501), 'at most 500 entries'],
  ])('%s is refused in one sentence', (_what, text, expected) => {
    const { value, problems } = checkOwn(text);
    expect(value).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.expected).toContain(expected);
  });
});

/** Short ones: so many still fit into the file. */
function manyPhrases(count: number): string {
  const one = (i: number) =>
    ` p${i}: {pattern: a, examples: {en: [a]}, words: {zh-CN: a, en: a}, who: issuer, symptoms: [S2]}`;
  return `format: 1\nname: many\nphrases:\n${Array.from({ length: count }, (_, i) => one(i)).join('\n')}\n`;
}

describe('hostile patterns that are allowed', () => {
  test.each(['(a*)*b', '(a|a)*b', '(a|aa)+b$', '(x+x+)+y', '(ax?)*[cd]$'])(
    '%s in every phrase of a full file end soon on the longest text',
    (pattern) => {
      const { value } = checkOwn(editedRules('(门店|本店)未上架', `未上架|${pattern}`));
      const [phrase] = value?.phrases ?? [];
      if (!phrase) throw new Error('the phrase was refused');
      const phrases = Array.from({ length: 500 }, () => ({ ...phrase }));
      const started = performance.now();
      findPhrases('ax'.repeat(1_000), { phrases }, null);
      // A backtracking engine would need 2^1000 steps: any bound tells.
      expect(performance.now() - started).toBeLessThan(15_000);
    },
  );
});

describe('any rule file', () => {
  test('with lines removed, repeated or exchanged gets knowledge or problems', () => {
    const lines = goodRules.split('\n');
    const edit = fc.record({
      at: fc.nat(lines.length - 1),
      remove: fc.nat(4),
      copyFrom: fc.nat(lines.length - 1),
      copy: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        const changed = [...lines];
        for (const { at, remove, copyFrom, copy } of edits) {
          changed.splice(at, remove, ...lines.slice(copyFrom, copyFrom + copy));
        }
        const { value, problems } = checkOwn(changed.join('\n'));
        expect(value === null).toBe(problems.length > 0);
        for (const { line } of problems) expect(line).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
