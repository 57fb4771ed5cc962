/**
 * Every fault of both simulated Android terminals, over ADB: the whole diagnosis names it as the cause
 * under each symptom that it can produce, and under no other. One terminal for many rows.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBench } from '../../support/bench.ts';
import {
  androidModels,
  connectAndroid,
  type AndroidModel,
} from '../../support/android-terminal.ts';
import {
  expectedTable,
  foundTable,
  underEverySymptom,
  type Row,
} from '../../support/under-symptoms.ts';
import * as rows from './fault-rows.ts';

const nothing = { causes: [], findings: [] };
const { network, wireless, trust, parts, payment } = rows;
const tables: Readonly<Record<string, readonly Row[]>> = {
  network,
  wireless,
  trust,
  parts,
  payment,
};

async function judge(model: AndroidModel) {
  const terminal = await connectAndroid(model);
  const without = () => underEverySymptom(terminal, terminal.terminalId);
  const withFault = async (fault: string) => {
    await terminal.setFault(fault, true);
    const found = await without();
    await terminal.setFault(fault, false);
    return found;
  };
  return { terminal, without, withFault };
}

describe.each(androidModels)('of the simulated %s', (model) => {
  it.each([...Object.keys(tables), 'own'])(
    'each fault is named under the symptoms it can produce: %s',
    async (area) => {
      const { withFault, without } = await judge(model);
      const table = tables[area] ?? rows.own[model];
      expect(await foundTable(table, withFault)).toEqual(expectedTable(table));
      // With the last one off nothing is left of any of them, and the terminal is healthy.
      expect(await without()).toEqual(nothing);
    },
    60_000,
  );

  it('a fault that nothing shows is not made up', async () => {
    const { withFault } = await judge(model);
    const found: [string, unknown][] = [];
    for (const fault of Object.keys(rows.unseen)) found.push([fault, await withFault(fault)]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(found.map(([fault]) => [fault, nothing])),
    );
  }, 60_000);

  it('each fault of 4G is named where 4G is all there is', async () => {
    const { terminal, withFault, without } = await judge(model);
    const { bridge, dataFolder, terminalId, portUrl } = terminal;
    const merchant = join(dataFolder, 'merchant.yaml');
    await writeFile(merchant, 'format: 1\nmerchant: Without Wi-Fi\n');
    const { fileId: merchantFileId } = await bridge.registerFile(merchant);
    await terminal.setFault('wifi-off', true);
    await bridge.request('disconnect', { terminalId });
    await bridge.request('connect', { portUrl, merchantFileId });
    expect((await without()).causes).toEqual([]);
    expect(await foundTable(rows.cellular, withFault)).toEqual(expectedTable(rows.cellular));
  }, 60_000);

  it('every fault of the terminal is in these tables', async () => {
    const { bridge } = await openBench();
    const { faults } = await bridge.request('listTrainingFaults', {});
    const all = faults.filter(({ kind, models }) => kind === 'terminal' && models.includes(model));
    const told = [...Object.values(tables).flat(), ...rows.own[model]].map(([fault]) => fault);
    const named = new Set([...told, ...Object.keys(rows.unseen)]);
    expect(named).toEqual(new Set(all.map(({ name }) => name)));
  });
});
