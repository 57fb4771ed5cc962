/** Each fault shows in exactly the readings that it should, through the real bridge, and no other. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { faultOf, faults } from '../../native-bridge/simulators/codebox/faults.ts';
import type { ModelName } from '../../native-bridge/simulators/codebox/models/model.ts';
import { changedOnCellular, changedReadings } from './changed-readings.ts';
import { ReadModel } from './model-readings.ts';

const elsewhere = ['vpn-flapping'];
const models = ['codebox', 'counter'] as const;

async function open(model: ModelName, uplink: 'wifi' | 'cellular' = 'wifi'): Promise<ReadModel> {
  const read = await ReadModel.open(model, { uplink });
  onTestFinished(() => read.end());
  return read;
}

describe.each(models)('the %s', (model) => {
  const expected = Object.entries(changedReadings[model]);

  test('is recognised, and healthy every reading of its profile has a value', async () => {
    const read = await open(model);
    expect(read.terminal.profile).toBe(`training-${model}`);
    const failed = (await read.readings()).filter(({ failure }) => failure !== null);
    expect(failed.map(({ name }) => name)).toEqual([]);
  });

  test('has every fault that its model can have', () => {
    const own = faults.filter(({ kind, name }) => kind === 'terminal' && faultOf(model, name));
    const names = own.map(({ name }) => name).filter((name) => !elsewhere.includes(name));
    expect(expected.map(([name]) => name).sort()).toEqual(names.sort());
  });

  test('shows each fault in the readings that it changes, and is as before without it', async () => {
    const read = await open(model);
    const healthy = await read.values();
    for (const [name, changes] of expected) {
      read.box.simulator.setFault(name, true);
      expect([name, await read.changed(healthy)]).toEqual([name, changes]);
      // What were left of it would show beside the next one.
      read.box.simulator.setFault(name, false);
    }
    expect(await read.changed(healthy)).toEqual({});
  });
});

test.each(models)('on 4G only, the SIM’s faults keep the %s from paying', async (model) => {
  const read = await open(model, 'cellular');
  const healthy = await read.values();
  expect(healthy.get('network.link')).toBe('cellular');
  const noTunnel = { 'vpn.up': false, 'vpn.ageSeconds': null };
  for (const [name, changes] of Object.entries(changedOnCellular)) {
    const lost = model === 'counter' && changes['network.link'] === 'none' ? noTunnel : {};
    read.box.simulator.setFault(name, true);
    expect([name, await read.changed(healthy)]).toEqual([name, { ...changes, ...lost }]);
    read.box.simulator.setFault(name, false);
  }
  expect(await read.changed(healthy)).toEqual({});
});

test('a tunnel that comes and goes counts its drops, and takes the payment host with it', async () => {
  const read = await open('counter');
  read.box.simulator.setFault('vpn-flapping', true);
  const seen = [];
  for (let second = 0; second < 14; second += 1) {
    const values = await read.values();
    seen.push([values.get('vpn.up'), values.get('network.paymentHostReached')]);
    await read.bench.time.run(new Promise((resolve) => setTimeout(resolve, 1000)));
  }
  expect(seen).toContainEqual([true, 'yes']);
  expect(seen).toContainEqual([false, 'timeout']);
  expect((await read.values()).get('vpn.dropCount')).toBeGreaterThan(5);
});

test.each([
  ['codebox', 'volume-muted', 'certificate-expired-at-host'],
  ['codebox', 'wifi-off', 'sim-plan-used-up'],
  ['codebox', 'clock-reset', 'not-signed-in'],
  ['counter', 'printer-no-paper', 'scanner-slow'],
  ['counter', 'vpn-off', 'tampered'],
] as const)('the %s shows %s and %s together', async (model, one, other) => {
  const read = await open(model);
  const healthy = await read.values();
  const { simulator } = read.box;
  const together = async (...names: string[]): Promise<string[]> => {
    for (const name of names) simulator.setFault(name, true);
    const changed = await read.changed(healthy);
    for (const name of names) simulator.setFault(name, false);
    return Object.keys(changed);
  };
  const alone = [...(await together(one)), ...(await together(other))];
  expect(await together(one, other)).toEqual(expect.arrayContaining(alone));
});
