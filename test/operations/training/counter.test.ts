/** The training counter terminal: its merchant's values go with it, and codes are held before it. */
import { expect, it } from 'vitest';
import { connectBox, openBench } from '../../support/bench.ts';

const code = (text: string) => ({ text, level: 'L', damagePercent: 0 }) as const;

it('a training counter terminal is recognised, and its own merchant’s values are expected', async () => {
  const bench = await openBench();
  const { terminal } = await connectBox(bench, { model: 'counter' });
  expect(terminal).toMatchObject({ profile: 'training-counter', identity: { model: 'CT-500' } });
  const { rows } = await bench.bridge.request('readSettings', { terminalId: terminal.id });
  expect(rows.find(({ key }) => key === 'qr.presented')).toMatchObject({ expected: 'customer' });
});

it('a code that is held before its scanner is read, and stands in its log', async () => {
  const { bridge, ...bench } = await openBench();
  const { terminal, portUrl } = await connectBox({ bridge, ...bench }, { model: 'counter' });
  const { decodeMs } = await bridge.request('presentTrainingCode', {
    portUrl,
    code: code('POSBENCH 07'),
  });
  expect(decodeMs).toBeGreaterThan(0);
  const argv = ['scan', 'log'];
  await expect
    .poll(async () => await bridge.request('runShell', { terminalId: terminal.id, argv }))
    .toMatchObject({ output: expect.stringContaining(`${decodeMs}ms POSBENCH 07`) as string });
});

it('a code that it can’t read says so', async () => {
  const { bridge, ...bench } = await openBench();
  const { portUrl } = await connectBox({ bridge, ...bench }, { model: 'counter' });
  const torn = { ...code('POSBENCH 08'), damagePercent: 40 };
  expect(await bridge.request('presentTrainingCode', { portUrl, code: torn })).toEqual({
    decodeMs: null,
  });
});

it('a terminal without a scanner is held no code', async () => {
  const { bridge, ...bench } = await openBench();
  const { portUrl } = await connectBox({ bridge, ...bench });
  await expect(
    bridge.request('presentTrainingCode', { portUrl, code: code('POSBENCH 09') }),
  ).rejects.toMatchObject({
    fault: { code: 'simulator-failed', facts: { reason: 'no scanner' } },
  });
});

it('each fault says which terminal can have it', async () => {
  const { bridge } = await openBench();
  const { faults } = await bridge.request('listTrainingFaults', {});
  const modelsOf = (name: string) => faults.find((fault) => fault.name === name)?.models;
  expect(modelsOf('scanner-window-dirty')).toEqual(['counter']);
  expect(modelsOf('dns-broken')).toEqual(['codebox', 'counter', 'at-900']);
  expect(modelsOf('battery-low')).toEqual(['codebox', 'counter', 'at-700', 'at-900']);
});

it('what runs is listed with its faults and its cable, for a window that was reloaded', async () => {
  const { bridge, ...bench } = await openBench();
  const { portUrl } = await connectBox({ bridge, ...bench }, { model: 'counter' });
  const [{ trainingId } = { trainingId: '' }] = (await bridge.request('listTrainings', {}))
    .trainings;
  await bridge.request('setTrainingFault', { trainingId, fault: 'dns-broken', on: true });
  await bridge.request('setTrainingCable', { trainingId, plugged: false });
  const { trainings } = await bridge.request('listTrainings', {});
  expect(trainings).toEqual([
    { trainingId, portUrl, model: 'counter', faults: ['dns-broken'], plugged: false },
  ]);
  await bridge.request('stopTraining', { trainingId });
  expect((await bridge.request('listTrainings', {})).trainings).toEqual([]);
});
