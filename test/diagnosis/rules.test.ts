/** The rule data holds together, and all of it has words. */
import { describe, expect, it } from 'vitest';
import { symptomSchema } from '../../native-bridge/contract/diagnosis.ts';
import { checkOrder, type ModelFacts } from '../../native-bridge/diagnosis/index.ts';
import { conditionIds, explanations, rules } from '../../native-bridge/diagnosis/rules/index.ts';
import type { Profile } from '../../native-bridge/terminals/profile.ts';
import { checkMessages, parametersOf } from '../wording/messages.ts';

const en = checkMessages('en');
const keyOf = (kind: string, id: string): string => `${kind}_${id.replaceAll('-', '_')}`;
const edges = conditionIds.flatMap((a) => (explanations[a] ?? []).map((b) => [a, b] as const));

describe('the rules', () => {
  it.each(conditionIds)(
    'say of %s what was found, what to do and, of a fault, what would prove it wrong',
    (id) => {
      const found = parametersOf(en[keyOf('found', id)] ?? 'missing {}');
      expect(en).toHaveProperty(keyOf('found', id));
      expect(en).toHaveProperty(keyOf('remedy', id));
      expect(keyOf('proof', id) in en).toBe(rules[id].verdict === 'fail');
      // The other sentences are filled with the facts of the first.
      for (const kind of ['remedy', 'proof']) {
        expect(found).toEqual(expect.arrayContaining(parametersOf(en[keyOf(kind, id)] ?? '')));
      }
    },
  );

  it('have no words without a rule', () => {
    const of = (kind: string): string[] =>
      conditionIds.flatMap((id) => [keyOf(kind, id), `${keyOf(kind, id)}_told`]);
    const known = [...of('found'), ...of('remedy'), ...of('proof'), 'proof_unread_below'];
    const keys = Object.keys(en).filter((key) => /^(?:found|remedy|proof)_/.test(key));
    expect(keys.filter((key) => !known.includes(key))).toEqual([]);
  });

  it('let every fault produce a symptom, and no warning', () => {
    for (const id of conditionIds) {
      const { verdict, produces } = rules[id];
      expect([id, Object.keys(produces).length > 0]).toEqual([id, verdict === 'fail']);
    }
  });

  it('have a fault of every check, and several for every symptom', () => {
    const faults = conditionIds.filter((id) => rules[id].verdict === 'fail').map((id) => rules[id]);
    // Support finds nothing itself: it speaks of the cause.
    const finding = checkOrder.filter((id) => id !== 'support');
    expect(new Set(faults.map((rule) => rule.check))).toEqual(new Set(finding));
    for (const symptom of symptomSchema.options) {
      expect(faults.filter((rule) => rule.produces[symptom]).length).toBeGreaterThan(1);
    }
  });

  it('say of every fault where it sits', () => {
    for (const id of conditionIds) expect([id, rules[id].seat]).toEqual([id, expect.any(String)]);
  });

  it('explain between checks only, and never in a circle', () => {
    for (const [a, b] of edges) expect(rules[a].check).not.toBe(rules[b].check);
    const reaches = (from: string, to: string, seen: readonly string[] = []): boolean =>
      edges.some(
        ([a, b]) => a === from && (b === to || (!seen.includes(b) && reaches(b, to, [...seen, b]))),
      );
    expect(conditionIds.filter((id) => reaches(id, id))).toEqual([]);
  });

  it('let what explains a fault produce all that the fault produces', () => {
    for (const [a, b] of edges) {
      expect([a, Object.keys(rules[a].produces)]).toEqual([
        a,
        expect.arrayContaining(Object.keys(rules[b].produces)),
      ]);
    }
  });
});

it('a profile is all that the checks need to know of a model', () => {
  const asModel = (profile: Profile): ModelFacts => profile;
  expect(asModel).toBeTypeOf('function');
});
