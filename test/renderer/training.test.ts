/** Simulated terminals that an earlier page started. */
import { expect, test } from 'vitest';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { Terminals } from '../../renderer/state/terminals.svelte.ts';
import { Training } from '../../renderer/state/training.svelte.ts';
import { WindowLine } from '../support/window-line.ts';

test('a page that was loaded again knows the simulated terminals that run, their faults and the cable', async () => {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  const training = new Training(client, new Terminals(client));
  const resuming = training.resume();
  const running = (trainingId: string, faults: string[]) => ({
    ...{ trainingId, portUrl: `tcp://127.0.0.1:${trainingId}`, model: 'codebox', plugged: false },
    faults,
  });
  const trainings = [running('1', []), running('2', ['dns-broken'])];
  await line.answer(line.request('listTrainings'), { trainings });
  await resuming;
  expect(training.modelAt('tcp://127.0.0.1:2')).toBe('codebox');
  expect([...training.faultsOn('codebox')]).toEqual(['dns-broken']);
  expect(training.cablePlugged).toBe(false);
});
