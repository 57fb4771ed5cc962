/** Whatever a terminal says, and whatever people answer: findings in the contract's shape, and words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sentence } from '../../native-bridge/contract/common.ts';
import {
  findingSchema,
  symptomSchema,
  type Symptom,
} from '../../native-bridge/contract/diagnosis.ts';
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

const controls = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

/** What a sentence must not be, in either language. */
function wrongWith(said: Sentence): string[] {
  const holes = JSON.stringify(said.facts).includes('NaN') ? /undefined/ : /undefined|NaN|\[object/;
  return (['zh-CN', 'en'] as const)
    .map((locale) => say(said, locale))
    .filter((text) => holes.test(text) || controls.test(text) || text.length > 3_000);
}

function judge(bench: Bench, symptom: Symptom | null) {
  const judged = runPlaybook(bench.input(symptom));
  for (const finding of judged.findings) {
    findingSchema.parse(JSON.parse(JSON.stringify(finding)));
    const said = [finding.headline, finding.remedy?.what, finding.wouldProveWrong];
    const wrong = said.flatMap((one) => (one == null ? [] : wrongWith(one)));
    expect([finding.check, ...wrong]).toEqual([finding.check]);
  }
  return judged;
}

const symptoms = [...symptomSchema.options, null];

describe('a terminal that says', () => {
  it.each(hostile.map((value) => [JSON.stringify(value).slice(0, 30), value] as const))(
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
      fc.property(
        fc.array(answer, { maxLength: 60 }),
        fc.constantFrom(...symptoms),
        (given, symptom) => {
          const bench = new Bench();
          bench.answers = Object.fromEntries(given);
          const judged = judge(bench, symptom);
          const causes = judged.findings.filter(({ role }) => role === 'cause');
          expect(causes.length).toBe(judged.cause === null ? 0 : 1);
        },
      ),
      { numRuns: 60 },
    );
  });
});
