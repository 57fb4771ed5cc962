/** A training terminal ends when it is no longer practised with; it brings the update it is due. */
import { expect, it } from 'vitest';
import { connectBox, openBench } from '../../support/bench.ts';

it('a training terminal that is stopped leaves nobody at its port', async () => {
  const { bridge } = await openBench();
  const { trainingId, portUrl } = await bridge.request('startTraining', {});
  await bridge.request('stopTraining', { trainingId });
  await expect(bridge.request('connect', { portUrl })).rejects.toMatchObject({
    fault: { code: 'port-refused' },
  });
});

it('one that is not running any more has been stopped', async () => {
  const { bridge } = await openBench();
  await expect(bridge.request('stopTraining', { trainingId: 'training-x' })).resolves.toEqual({});
});

it('a training terminal brings the update it is due, as a file that can be planned with', async () => {
  const { bridge, ...bench } = await openBench();
  const { terminal, portUrl } = await connectBox({ bridge, ...bench });
  const { images } = await bridge.request('listTrainingImages', { portUrl });
  expect(images).toMatchObject([{ name: 'codebox-2.0.0.bin' }]);
  const [image] = images;
  const plan = await bridge.request('planFlash', {
    terminalId: terminal.id,
    fileId: image?.fileId ?? '',
  });
  expect(plan.toVersion).toBe('2.0.0');
});

it('where no simulated terminal is there is no firmware to practise with', async () => {
  const { bridge } = await openBench();
  const { images } = await bridge.request('listTrainingImages', { portUrl: 'tcp://127.0.0.1:9' });
  expect(images).toEqual([]);
});
