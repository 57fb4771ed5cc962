/** What is asked, what an answer rules out, and what two answers say against each other. */
import { describe, expect, it } from 'vitest';
import type { Finding, Symptom } from '../../native-bridge/contract/diagnosis.ts';
import { runPlaybook } from '../../native-bridge/diagnosis/index.ts';
import { toldKey } from '../../native-bridge/diagnosis/answers/told.ts';
import {
  coveredBy,
  questionRules,
  type QuestionRule,
} from '../../native-bridge/diagnosis/questions/index.ts';
import { rules } from '../../native-bridge/diagnosis/rules/index.ts';
import { allMessages, checkMessages, parametersOf } from '../wording/messages.ts';
import { Bench } from './terminal.ts';

const keyOf = (...parts: readonly string[]): string => parts.join('_').replaceAll('-', '_');
const words = { en: checkMessages('en'), 'zh-CN': checkMessages('zh-CN') };
const plainAnswers = ['yes', 'no'];

function judge(bench: Bench, symptom: Symptom, answers: Record<string, string>) {
  bench.answers = { ...bench.answers, ...answers };
  return runPlaybook(bench.input(symptom));
}
const of = (findings: readonly Finding[], check: string) =>
  findings.find((finding) => finding.check === check);
const offline = () => new Bench().set({ 'network.paymentHostReached': 'timeout' });

describe('the questions', () => {
  it.each(questionRules.map((question) => [question.id, question] as const))(
    '%s has words of its own, and of each choice, in both languages',
    (id, { choices }) => {
      for (const messages of Object.values(words)) {
        expect(messages).toHaveProperty(keyOf('question', id));
        for (const choice of choices) {
          const own = keyOf('choice', id, choice.id);
          expect(own in messages || plainAnswers.includes(choice.id)).toBe(true);
        }
      }
    },
  );

  it('say in words what each answer that rules something out says', () => {
    const ruling = questionRules.flatMap(({ id, choices }) =>
      choices
        .filter(({ keeps, drops }) => keeps !== undefined || drops !== undefined)
        .map((choice) => keyOf('out', id, choice.id)),
    );
    for (const messages of Object.values(words)) {
      expect(ruling.filter((key) => !(key in messages))).toEqual([]);
    }
  });

  it('have no words without a question', () => {
    const known = questionRules.flatMap(({ id, choices }) => [
      keyOf('question', id),
      keyOf('how', id),
      ...choices.flatMap((choice) => [keyOf('choice', id, choice.id), keyOf('out', id, choice.id)]),
    ]);
    const keys = allMessages('en').map(([key]) => key);
    const ours = keys.filter((key) => /^(?:question|how|choice|out)_/.test(key));
    expect(ours.filter((key) => !known.includes(key))).toEqual([]);
  });

  it('show conditions in words without figures, which an answer has none of', () => {
    for (const condition of new Set(questionRules.flatMap(coveredBy))) {
      for (const kind of ['found', 'proof', 'remedy'] as const) {
        const key = toldKey(kind, condition);
        // The check says it itself, with the version that it read.
        if (condition === 'version-refused') continue;
        expect([key, parametersOf(words.en[key] ?? 'missing {}')]).toEqual([key, []]);
      }
    }
  });

  it('show conditions only where they can produce what the question is asked for', () => {
    for (const question of questionRules) {
      for (const condition of coveredBy(question)) {
        const produced = Object.keys(rules[condition].produces);
        expect([question.id, condition, shared(question, produced)]).toEqual([
          question.id,
          condition,
          true,
        ]);
      }
    }
  });

  it('have choices that differ in what they say', () => {
    for (const { id, choices } of questionRules) {
      const said = choices.map(({ id: _id, ...rest }) => JSON.stringify(rest));
      expect([id, new Set(choices.map((one) => one.id)).size]).toEqual([id, choices.length]);
      if (choices.length > 0) expect([id, new Set(said).size > 1]).toEqual([id, true]);
    }
  });
});

const shared = ({ symptoms }: QuestionRule, produced: readonly string[]): boolean =>
  symptoms.some((symptom) => produced.includes(symptom));

describe('an answer', () => {
  it('keeps a failing check from being the cause, and the finding says which', () => {
    const { cause, findings } = judge(offline(), 'S1', { payers: 'one' });
    expect(cause).toBeNull();
    expect(of(findings, 'network')).toMatchObject({
      verdict: 'fail',
      role: 'finding',
      ruledOutBy: { key: 'out_payers_one' },
    });
  });

  it('of a comparison makes what it speaks for surer', () => {
    const sureness = (answers: Record<string, string>) => {
      const bench = new Bench().set({ 'wifi.rssiDbm': -88 });
      bench.caveats.add('wifi.rssiDbm');
      return of(judge(bench, 'S1', answers).findings, 'wifi')?.confidence;
    };
    expect([sureness({}), sureness({ hotspot: 'works' })]).toEqual(['medium', 'high']);
  });

  it('says before it is given what it would rule out', () => {
    const bench = offline();
    bench.unread.add('battery.levelPercent').add('firmware.version');
    bench.caveats.add('network.paymentHostReached');
    const { questions } = judge(bench, 'S1', {});
    const hotspot = questions.find(({ id }) => id === 'hotspot');
    const out = Object.fromEntries((hotspot?.choices ?? []).map((one) => [one.id, one.rulesOut]));
    expect(out['same']).toContain('network');
    expect(out['works']).not.toContain('network');
  });

  it('that nobody knows rules nothing out', () => {
    const { cause } = judge(offline(), 'S1', { payers: 'unknown', hotspot: 'unknown' });
    expect(cause).toBe('network');
  });
});

describe('asking', () => {
  it('stops where the cause is certain', () => {
    const bench = new Bench().set({ 'payment.merchantNumber': '898310048160999' });
    const { cause, questions } = judge(bench, 'S3', {});
    expect(cause).toBe('payment-settings');
    expect(questions).toEqual([]);
  });

  it('is for what could be the cause instead, and for what could clear it', () => {
    const bench = new Bench().set({ 'payment.merchantNumber': '898310048160999' });
    bench.answers = {};
    const { cause, questions } = judge(bench, 'S3', {});
    expect(cause).toBe('payment-settings');
    expect(questions.map(({ id }) => id)).not.toContain('who-scans');
    for (const { id, choices } of questions) {
      const changed = choices.filter((choice) => {
        bench.answers = {};
        return judge(bench, 'S3', { [id]: choice.id }).cause !== cause;
      });
      expect([id, changed.length > 0]).toEqual([id, true]);
    }
  });

  it('is for a complaint only: a routine visit asks nothing out of turn', () => {
    expect(runPlaybook(new Bench().input(null)).questions).toEqual([]);
  });

  it('comes to what only a person can tell where nothing fails', () => {
    const bench = new Bench().without('platform.state');
    bench.answers = {};
    const { questions } = judge(bench, 'S4', {});
    expect(questions.map(({ id }) => id)).toContain('platform-up');
  });

  it('never asks what was answered', () => {
    const bench = new Bench();
    bench.answers = {};
    const first = judge(bench, 'S1', {}).questions[0];
    const again = judge(bench, 'S1', { [first?.id ?? '']: 'unknown' }).questions;
    expect(again.map(({ id }) => id)).not.toContain(first?.id);
  });
});

describe('answers that contradict each other', () => {
  it('are said, and both asked again', () => {
    const { contradictions, questions } = judge(new Bench(), 'S2', {
      payers: 'all',
      'other-payer': 'works',
    });
    expect(contradictions).toMatchObject([{ questions: ['payers', 'other-payer'] }]);
    expect(questions.slice(0, 2).map(({ id }) => id)).toEqual(['payers', 'other-payer']);
  });

  it.each([
    ['S5', 'card-page', 'right', 'settlement-record', 'no-card'],
    ['S5', 'card-page', 'right', 'settlement-record', 'other-card'],
    ['S5', 'card-page', 'none', 'settlement-record', 'booked'],
    ['S5', 'merchant-page', 'normal', 'settlement-record', 'held'],
    ['S2', 'filed', 'filed', 'terminal-says', 'unfiled'],
    ['S2', 'filed', 'filed', 'terminal-says', 'merchant'],
    ['S2', 'filed', 'filed', 'terminal-says', 'other-name'],
  ] as const)('under %s: %s %s, and %s %s', (symptom, page, said, record, found) => {
    const { contradictions, questions } = judge(new Bench(), symptom, {
      [page]: said,
      [record]: found,
    });
    expect(contradictions).toMatchObject([{ questions: [page, record] }]);
    expect(
      questions
        .slice(0, 2)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([page, record].sort());
  });

  it.each([
    ['S5', 'merchant-page', 'frozen', 'settlement-record', 'name'],
    ['S5', 'card-page', 'other', 'settlement-record', 'other-card'],
    ['S2', 'filed', 'unfiled', 'terminal-says', 'sign-in'],
  ] as const)(
    'are none where both can be true: %s, %s %s, and %s %s',
    (symptom, page, said, record, found) => {
      const answers = { [page]: said, [record]: found };
      expect(judge(new Bench(), symptom, answers).contradictions).toEqual([]);
    },
  );

  it('are no contradiction where one of them is not known', () => {
    const { contradictions } = judge(new Bench(), 'S2', {
      payers: 'all',
      'other-payer': 'unknown',
    });
    expect(contradictions).toEqual([]);
  });
});
