/** Whatever a terminal says, and whatever people answer: findings in the contract's shape, and words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingSchema, symptomSchema } from '../../native-bridge/contract/diagnosis.ts';
import type { ReadingValue } from '../../native-bridge/contract/reading.ts';
import { readingNames } from '../../native-bridge/contract/reading.ts';
import { questionRules, runPlaybook } from '../../native-bridge/diagnosis/index.ts';
import { say } from '../../native-bridge/wording/index.ts';
import { Bench } from './terminal.ts';

const hostile: readonly ReadingValue[] = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '\u001b[2J\u001b]0;pwned\u0007',
  '\u202eevil\u202c',
  'x'.repeat(100_000),
  '9'.repeat(400),
  '-',
  '',
  'NaN',
  '\ud800',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MAX_VALUE,
  -1,
  -0,
  1e300,
  5e-324,
  true,
  false,
  '00020101021226990',
  '000201'.repeat(2_000),
  'https://[::1',
  'https://xn--.test/%',
  'http://a@b:c@/%00',
];

const anyValue = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
);

function judge(bench: Bench, symptom: Parameters<Bench['input']>[0]) {
  const judged = runPlaybook(bench.input(symptom));
  for (const finding of judged.findings) {
    findingSchema.parse(JSON.parse(JSON.stringify(finding)));
    for (const locale of ['zh-CN', 'en'] as const) {
      const all = [finding.headline, finding.remedy?.what, finding.wouldProveWrong];
      for (const one of all) {
        if (one == null) continue;
        const text = say(one, locale);
        if (/undefined|\bNaN\b|\[object|function|∞/.test(text) && !/"?NaN/.test(JSON.stringify(one.facts))) {
          throw new Error(`${finding.check}: ${text} ${JSON.stringify(one)}`);
        }
        // eslint-disable-next-line no-control-regex -- what it looks for
        if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text))
          throw new Error(`control in ${finding.check}: ${JSON.stringify(text)}`);
        if (text.length > 3_000) throw new Error(`long ${finding.check} ${one.key} ${text.length}`);
      }
    }
  }
  return judged;
}

const symptoms = [...symptomSchema.options, null];

describe('a terminal that says', () => {
  it.each(hostile.map((value) => [JSON.stringify(value)?.slice(0, 30), value] as const))(
    '%s, whatever it is asked, is judged all the same',
    (_name, value) => {
      const said = Object.fromEntries(readingNames.map((name) => [name, value]));
      for (const symptom of symptoms) judge(new Bench().set(said), symptom);
    },
  );

  it('anything everywhere is judged all the same', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...readingNames), anyValue, { minKeys: 10 }),
        fc.constantFrom(...symptoms),
        (values, symptom) => {
          judge(new Bench().set(values), symptom);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('answers', () => {
  const answer = fc.oneof(
    ...questionRules.map(({ id, choices }) =>
      fc.tuple(
        fc.constant(id),
        choices.length === 0
          ? fc.string({ unit: 'binary' })
          : fc.constantFrom('unknown', ...choices.map((one) => one.id)),
      ),
    ),
  );

  it('of any kind, contradicting or not, are judged', () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 60 }), fc.constantFrom(...symptoms), (given, symptom) => {
        const bench = new Bench();
        bench.answers = Object.fromEntries(given);
        const judged = judge(bench, symptom);
        const causes = judged.findings.filter(({ role }) => role === 'cause');
        expect(causes.length).toBe(judged.cause === null ? 0 : 1);
      }),
      { numRuns: 60 },
    );
  });
});
