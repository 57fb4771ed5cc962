/**
 * Every fault of both simulated terminals, over their real line: the whole diagnosis names it as the
 * cause under each symptom that it can produce, and under no other. One terminal for many rows: a
 * fault is switched on, judged, and switched off.
 */
import { describe, expect, it } from 'vitest';
import type { TrainingModel, TrainingUplink } from '../../native-bridge/contract/training.ts';
import { connectBox, openBench } from '../support/bench.ts';
import {
  expectedTable,
  foundTable,
  underEverySymptom,
  type Row,
} from '../support/under-symptoms.ts';
import * as rows from './faults/rows.ts';

/** Those with Android have tables of their own (android/faults.test.ts). */
type SmpModel = Exclude<TrainingModel, 'at-700' | 'at-900'>;

const shared = {
  network: rows.network,
  wireless: rows.wireless,
  trust: rows.trust,
  parts: rows.parts,
  payment: rows.payment,
};
const tables = {
  codebox: { ...shared, own: rows.codeboxOnly },
  counter: { ...shared, own: rows.counterOnly },
} as const satisfies Record<SmpModel, Readonly<Record<string, readonly Row[]>>>;
const unseen = { codebox: rows.unseen, counter: rows.unseenOnCounter };
const models = ['codebox', 'counter'] as const;

/** A connected terminal, and how to judge it with one fault on. */
async function judge(model: SmpModel, uplink: TrainingUplink = 'wifi') {
  const bench = await openBench();
  const { terminal, trainingId } = await connectBox(bench, { model, uplink, updateDue: false });
  const without = () => underEverySymptom(bench, terminal.id);
  const withFault = async (fault: string) => {
    await bench.bridge.request('setTrainingFault', { trainingId, fault, on: true });
    const found = await without();
    await bench.bridge.request('setTrainingFault', { trainingId, fault, on: false });
    return found;
  };
  return { without, withFault };
}

const nothing = { causes: [], findings: [] };

describe.each(models)('of the simulated %s', (model) => {
  it.each(Object.keys(shared).concat('own'))(
    'each fault is named under the symptoms it can produce: %s',
    async (area) => {
      const { withFault, without } = await judge(model);
      const table = (tables[model] as Readonly<Record<string, readonly Row[]>>)[area] ?? [];
      expect(await foundTable(table, withFault)).toEqual(expectedTable(table));
      // With the last one off nothing is left of any of them.
      expect(await without()).toEqual(nothing);
    },
    60_000,
  );

  it('each fault of 4G is named where 4G is all there is', async () => {
    const { withFault, without } = await judge(model, 'cellular');
    expect(await without()).toEqual(nothing);
    expect(await foundTable(rows.cellular, withFault)).toEqual(expectedTable(rows.cellular));
  }, 60_000);

  it.each(rows.lasting[model])('%s is named: %s %s under S %s', async (...row) => {
    const [fault] = row;
    const { withFault } = await judge(model);
    expect(await foundTable([row], () => withFault(fault))).toEqual(expectedTable([row]));
  });

  it('a fault that nothing shows is not made up', async () => {
    const { withFault } = await judge(model);
    const found: [string, unknown][] = [];
    for (const fault of Object.keys(unseen[model])) found.push([fault, await withFault(fault)]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(found.map(([fault]) => [fault, nothing])),
    );
  }, 30_000);

  it('every fault of the terminal is in these tables', async () => {
    const { bridge } = await openBench();
    const { faults } = await bridge.request('listTrainingFaults', {});
    const all = faults.filter(
      ({ kind, models: those }) => kind === 'terminal' && those.includes(model),
    );
    const told = [...Object.values(tables[model]).flat(), ...rows.cellular, ...rows.lasting[model]];
    const named = new Set([...told.map(([fault]) => fault), ...Object.keys(unseen[model])]);
    expect(named).toEqual(new Set(all.map(({ name }) => name)));
  });
});

it('a terminal on a cable has no fault', async () => {
  const { without } = await judge('counter', 'ethernet');
  expect(await without()).toEqual(nothing);
});
