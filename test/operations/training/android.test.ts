/** Training terminals with Android: recognised, tapped by themselves, their merchant's values expected. */
import { describe, expect, it } from 'vitest';
import { androidModels, connectAndroid } from '../../support/android-terminal.ts';
import { openBench } from '../../support/bench.ts';

const profiles = { 'at-700': 'training-at700', 'at-900': 'training-at900' };

describe.each(androidModels)('a training %s', (model) => {
  it('asks for the tap, is tapped, and is known with its merchant', async () => {
    const { bridge } = await openBench();
    const { portUrl } = await bridge.request('startTraining', { model });
    expect(portUrl).toMatch(/^adb:\/\/127\.0\.0\.1:\d+$/);
    const waits: string[] = [];
    const onProgress = ({ waitingFor }: { waitingFor: { key: string } }) =>
      waits.push(waitingFor.key);
    const terminal = await bridge.request('connect', { portUrl }, { onProgress });
    expect(waits).toContain('connect_wait_tap');
    expect(terminal).toMatchObject({
      profile: profiles[model],
      identity: { model: model.toUpperCase() },
    });
    const { rows } = await bridge.request('readSettings', { terminalId: terminal.id });
    expect(rows.find(({ key }) => key === 'payment.merchantNumber')).toMatchObject({
      expected: '898310048160001',
      differs: false,
    });
  });

  it('each of its readings has a value, or says that there is none', async () => {
    const terminal = await connectAndroid(model);
    const readings = Object.values(await terminal.read());
    expect(readings.length).toBeGreaterThan(50);
    expect(readings.filter(({ failure }) => failure !== null)).toEqual([]);
  });
});

it('an Android terminal is trained over TCP and with Wi-Fi, and nothing else is made of it', async () => {
  const { bridge } = await openBench();
  await expect(
    bridge.request('startTraining', { model: 'at-900', uplink: 'cellular' }),
  ).rejects.toMatchObject({ fault: { code: 'simulator-failed' } });
});

it('faults of both families are listed, each with the terminals that can have it', async () => {
  const { bridge } = await openBench();
  const { faults } = await bridge.request('listTrainingFaults', {});
  const names = faults.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const kindOf = (name: string) => faults.find((fault) => fault.name === name)?.kind;
  expect(kindOf('sideload-silent')).toBe('flash');
  expect(kindOf('never-authorises')).toBe('line');
});
