/** The rules produce what the guide's text says, and beyond it only what is marked as trade knowledge. */
import { expect, it } from 'vitest';
import type { Symptom } from '../../native-bridge/contract/diagnosis.ts';
import { conditionIds, rules } from '../../native-bridge/diagnosis/rules/index.ts';
import { guide, symptomsBy, trade } from './guide.ts';
import { scenarios } from './scenarios.ts';

const faults = conditionIds.filter((id) => rules[id].verdict === 'fail');
const numbers = (symptoms: readonly string[]): string[] => symptoms.map((one) => one.slice(1));

it.each(faults)('%s produces what the guide and the trade say, and nothing else', (id) => {
  const told = symptomsBy([...guide, ...trade], id);
  expect(numbers(Object.keys(rules[id].produces)).sort()).toEqual(told);
});

it('what the guide does not say is marked as trade knowledge', () => {
  const marked = faults.flatMap((id) =>
    symptomsBy(trade, id)
      .filter((one) => !symptomsBy(guide, id).includes(one))
      .filter((one) => rules[id].produces[`S${one}` as Symptom] !== 'T')
      .map((one) => `${id} S${one}`),
  );
  expect(marked).toEqual([]);
});

it('nothing is trade knowledge that the guide says already', () => {
  const twice = trade.flatMap(({ conditions, symptoms }) =>
    conditions.flatMap((id) =>
      symptoms
        .split(' ')
        .filter((one) => symptomsBy(guide, id).includes(one))
        .map((one) => `${id} S${one}`),
    ),
  );
  expect(twice).toEqual([]);
});

it('the matrix expects of every fault what the guide and the trade say', () => {
  const expected = scenarios.map(({ condition }) => [
    condition,
    symptomsBy([...guide, ...trade], condition).join(' '),
  ]);
  expect(scenarios.map(({ condition, symptoms }) => [condition, symptoms])).toEqual(expected);
});
