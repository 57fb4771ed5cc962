/** What a finding says and how sure it is. */
import { describe, expect, it } from 'vitest';
import type { Locale, Sentence } from '../../native-bridge/contract/common.ts';
import {
  findingSchema,
  symptomSchema,
  type Finding,
} from '../../native-bridge/contract/diagnosis.ts';
import {
  changedChecks,
  evaluate,
  questionRules,
  runPlaybook,
} from '../../native-bridge/diagnosis/index.ts';
import { compareVersions } from '../../native-bridge/diagnosis/version-order.ts';
import { say } from '../../native-bridge/wording/index.ts';
import { scenarios, warnings } from './scenarios.ts';
import { Bench, payload } from './terminal.ts';

const locales: readonly Locale[] = ['zh-CN', 'en'];
const sentencesOf = (f: Finding): Sentence[] =>
  [f.headline, f.wouldProveWrong, f.remedy?.what, f.question?.text].filter((s) => s != null);

describe('every finding', () => {
  it.each([...scenarios, ...warnings].map((s) => [s.condition, s] as const))(
    'of %s fits the contract and has words without holes in both languages',
    (_name, scenario) => {
      for (const symptom of symptomSchema.options) {
        const bench = new Bench();
        scenario.make(bench);
        for (const finding of runPlaybook(bench.input(symptom)).findings) {
          expect(findingSchema.parse(finding)).toEqual(finding);
          for (const locale of locales) {
            const text = sentencesOf(finding)
              .map((s) => say(s, locale))
              .join('\n');
            expect(text).not.toMatch(/undefined|\[|未说明|not given|NaN/);
          }
        }
      }
    },
  );

  it('tells a battery’s health in the reader’s language, however the terminal spells it', () => {
    const bench = new Bench();
    bench.set({ 'battery.health': 'OVERHEAT' });
    const { findings } = runPlaybook(bench.input('S1'));
    const headline = findings.find(({ check }) => check === 'battery')?.headline;
    expect(headline && locales.map((locale) => say(headline, locale))).toEqual([
      '电池健康：过热',
      'Battery health: overheated',
    ]);
  });

  it('that fails shows what it rests on', () => {
    for (const scenario of scenarios) {
      const bench = new Bench();
      scenario.make(bench);
      const finding = runPlaybook(bench.input('S3')).findings.find(
        (f) => f.check === scenario.check,
      );
      expect([scenario.condition, finding?.evidence.length]).not.toEqual([scenario.condition, 0]);
    }
  });

  it('of a wrong setting names the setting that the correction would change', () => {
    const bench = new Bench().set({ 'payment.channel': 'test', 'qr.validitySeconds': 86_400 });
    bench.extraSettings = [['qr/validity_s', 'qr.validitySeconds', '120']];
    const { findings } = runPlaybook(bench.input('S2'));
    const of = (id: string) => findings.find((f) => f.check === id)?.remedy?.settings;
    expect([of('payment-settings'), of('qr-validity')]).toEqual([
      ['pay/channel'],
      ['qr/validity_s'],
    ]);
  });

  it('of payment settings is not well while nothing says whose terminal it should be', () => {
    const bench = new Bench().unanswer('payment-match');
    bench.dropped.add('pay/mid');
    const verdict = () => evaluate('payment-settings', bench.input('S3')).finding.verdict;
    expect(verdict()).toBe('ask');
    bench.answers = { ...bench.answers, 'payment-match': 'yes' };
    expect(verdict()).toBe('pass');
    bench.set({ 'payment.channel': 'test' });
    expect(verdict()).toBe('fail');
  });

  it('names a foreign payee by what the code says, in the language of the reader', () => {
    const bench = new Bench().set({
      'qr.payload': payload({ number: '898310048168888', name: '别家小店' }),
    });
    const { finding } = evaluate('qr-mode', bench.input('S3'));
    expect(say(finding.headline, 'zh-CN')).toContain('“别家小店”');
    expect(finding.confidence).toBe('medium');
  });

  it('takes a payee by name where the code carries another kind of number', () => {
    const bench = new Bench().set({ 'qr.payload': payload({ number: 'A93FO3230Q' }) });
    expect(evaluate('qr-mode', bench.input('S3')).finding.verdict).toBe('pass');
  });
});

describe('confidence', () => {
  const sureOf = (bench: Bench, id: Finding['check'], symptom: 'S2' | 'S3' | 'S4') =>
    evaluate(id, bench.input(symptom)).finding.confidence;

  it('is high where it was read and the link is published, less where it is trade knowledge', () => {
    const bench = new Bench().set({ 'payment.terminalNumber': '1' });
    expect([
      sureOf(bench, 'payment-settings', 'S2'),
      sureOf(bench, 'payment-settings', 'S4'),
    ]).toEqual(['high', 'medium']);
  });

  it('of an answer is medium, and high where the terminal agrees', () => {
    const bench = new Bench();
    bench.answers = { 'platform-up': 'no' };
    expect(sureOf(bench, 'platform', 'S3')).toBe('medium');
    bench.set({ 'network.paymentHostReached': 'timeout' });
    expect(sureOf(bench, 'platform', 'S3')).toBe('high');
  });

  it('falls where a reading is to be taken with care', () => {
    const bench = new Bench().set({ 'payment.merchantNumber': '1' });
    expect(sureOf(bench, 'payment-settings', 'S3')).toBe('high');
    bench.caveats.add('payment.merchantNumber');
    expect(sureOf(bench, 'payment-settings', 'S3')).toBe('medium');
  });

  it('rises where two readings say the same', () => {
    const bench = new Bench().set({ 'payment.merchantNumber': '1' });
    expect(sureOf(bench, 'payment-settings', 'S4')).toBe('medium');
    bench.set({ 'payment.merchantName': '老李水果店' });
    expect(sureOf(bench, 'payment-settings', 'S4')).toBe('high');
  });
});

describe('a question', () => {
  const asking: Record<string, (bench: Bench) => void> = {
    'platform-up': (b) => b.without('platform.state'),
    'payment-match': (b) => {
      b.expectations = false;
    },
    'version-admitted': (b) => {
      b.admittedVersion = null;
    },
    'qr-payee': (b) => b.set({ 'qr.payload': 'https://qr.posbench.test/a' }),
  };

  const yesOrNo = questionRules
    .filter(({ choices }) => choices[1]?.id === 'no')
    .map(({ id }) => id);

  it.each(yesOrNo)('%s: yes passes, no fails, unknown is unknown, no answer asks', (id) => {
    const verdicts = (['yes', 'no', 'unknown', null] as const).map((answer) => {
      const bench = new Bench();
      asking[id]?.(bench);
      bench.answers = answer === null ? {} : { [id]: answer };
      const symptom = questionRules.find((question) => question.id === id)?.symptoms.at(-1) ?? 'S3';
      const { findings } = runPlaybook(bench.input(symptom));
      const finding = findings.find((f) => f.question?.id === id);
      expect(finding?.question?.check).toBe(finding?.check);
      return finding?.verdict;
    });
    expect(verdicts).toEqual(['pass', 'fail', 'unknown', 'ask']);
  });
});

it('what changed between two runs is what has another verdict', () => {
  const sick = new Bench().set({ 'payment.channel': 'test', 'battery.levelPercent': 4 });
  const before = runPlaybook(sick.input('S3')).findings;
  const after = runPlaybook(new Bench().set({ 'battery.levelPercent': 5 }).input('S3')).findings;
  expect(changedChecks(before, after)).toEqual(['payment-settings']);
  expect(changedChecks(null, after)).toEqual([]);
});

it.each([
  ['2.1.0', '2.1.0', 0],
  ['v2.1', '2.1.0', 0],
  ['1.9.9', '2.0.0', -1],
  ['2.10.0', '2.9.0', 1],
  ['1.1.0+7', '1.1.0+12', -1],
  ['1.1.0+7', '1.1.0', 0],
  ['nightly', 'nightly', 0],
  ['nightly', '2.0.0', null],
])('version %s against %s is %s', (a, b, order) => {
  const got = compareVersions(a, b);
  expect(got === null ? null : Math.sign(got)).toBe(order);
});
