/**
 * Without a terminal: whoever answers truthfully the first question that is asked, again and again,
 * comes to the cause. Every fault that a question can show, under each symptom it can produce.
 */
import { afterAll, describe, expect, it } from 'vitest';
import {
  dontKnow,
  symptomSchema,
  type Answers,
  type CheckId,
  type Finding,
  type Symptom,
} from '../../native-bridge/contract/diagnosis.ts';
import { anyParts, runPlaybook, withoutTerminal } from '../../native-bridge/diagnosis/index.ts';
import { coveredBy, questionRules } from '../../native-bridge/diagnosis/questions/index.ts';
import {
  conditionIds,
  rules,
  type ConditionId,
} from '../../native-bridge/diagnosis/rules/index.ts';
import { truthOf } from './truths.ts';
import { atUtc, Bench } from './terminal.ts';

const { model } = new Bench().input(null);
const shown = new Set(questionRules.flatMap(coveredBy));
const faults = conditionIds.filter((id) => rules[id].verdict === 'fail');
const askable = faults.filter((id) => shown.has(id));
const cases = askable.flatMap((id) =>
  symptomSchema.options
    .filter((symptom) => rules[id].produces[symptom] !== undefined)
    .map((symptom) => [id, symptom] as const),
);
/** What takes a call to the acquirer is asked last: under S1 whether it admits the firmware. */
const most = 13;

/** What a person who sees the fault answers. */
function truth(question: string, fault: ConditionId): string {
  const rule = questionRules.find(({ id }) => id === question);
  if (rule === undefined) throw new Error(`no question ${question}`);
  if (rule.kind !== 'check') return truthOf(question, fault);
  const showing = rule.choices.find((choice) => choice.shows?.includes(fault));
  const quiet = rule.choices.find((choice) => choice.shows === undefined);
  return showing?.id ?? quiet?.id ?? dontKnow;
}

interface Asked {
  readonly count: number;
  readonly cause: CheckId | null;
  readonly confidence: Finding['confidence'] | null;
}

function ask(fault: ConditionId, symptom: Symptom): Asked {
  const answers: Answers = {};
  for (let count = 0; ; count++) {
    const input = withoutTerminal({ ...model, has: anyParts }, { symptom, answers, atUtc });
    const { cause, findings, questions } = runPlaybook(input);
    const confidence = findings.find(({ role }) => role === 'cause')?.confidence ?? null;
    const next = questions[0];
    if (cause !== null || next === undefined || count === most) return { count, cause, confidence };
    answers[next.id] = truth(next.id, fault);
  }
}

const counts: number[] = [];
const sure: Record<Finding['confidence'], number> = { high: 0, medium: 0, low: 0 };
let right = 0;
const wrong: string[] = [];

describe('without a terminal', () => {
  it.each(cases)('%s under %s comes to light', (fault, symptom) => {
    const { count, cause, confidence } = ask(fault, symptom);
    counts.push(count);
    if (confidence !== null) sure[confidence]++;
    if (cause === rules[fault].check) right++;
    else wrong.push(`${fault} ${symptom}: ${String(cause)} after ${String(count)}`);
    expect(cause).toBe(rules[fault].check);
    // Whoever knew every answer left nothing open: only what is trade knowledge is little sure.
    if (rules[fault].produces[symptom] === 'S') expect(confidence).not.toBe('low');
  });

  it('takes four questions or fewer in the middle of all cases, eight or fewer in nine of ten', () => {
    expect(quantile(0.5)).toBeLessThanOrEqual(4);
    expect(quantile(0.9)).toBeLessThanOrEqual(8);
  });
});

function quantile(part: number): number {
  const sorted = [...counts].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Infinity;
}

afterAll(() => {
  const silent = faults.filter((id) => !shown.has(id));
  console.log(
    `without a terminal: ${String(cases.length)} cases, ${String(right)} right; questions: ` +
      `median ${String(quantile(0.5))}, 90th percentile ${String(quantile(0.9))}, most ${String(Math.max(...counts))}; ` +
      `confidence: ${Object.entries(sure)
        .map(([level, count]) => `${level} ${String(count)}`)
        .join(', ')}; ` +
      `only a terminal shows ${silent.join(', ')}\n${wrong.join('\n')}`,
  );
});
