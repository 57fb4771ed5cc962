/** The simulated box, read through the bridge under a profile that has some of its readings sampled. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Progress } from '../../../native-bridge/contract/requests.ts';
import { VirtualBench } from '../../support/virtual-bench.ts';

const profile = `format: 1
name: sampled-box
extends: [training-codebox]
vendor: POS Bench
model: CB-200
labels: { zh-CN: 采样码牌, en: Sampled box }
recognition: { smpInfo: posbench_codebox }
readings:
  device.uptimeSeconds:
    from: smp-statistics
    group: sys
    field: uptime_s
    type: integer
    unit: seconds
    sample: { forMs: 5000, everyMs: 1000, as: increase }
`;

it('measures for the time it told, and tells what came of it', async () => {
  const bench = new VirtualBench();
  onTestFinished(() => bench.end());
  const { url } = await bench.box('a');
  const { bridge } = await bench.start();
  const file = join(bench.dataFolder, 'sampled.yaml');
  await writeFile(file, profile);
  const { fileId: profileFileId } = await bench.time.run(bridge.registerFile(file));
  const { id: terminalId } = await bench.time.run(
    bridge.request('connect', { portUrl: url, profileFileId }),
  );
  const told: Progress<'readTerminal'>[] = [];
  const { readings } = await bench.time.run(
    bridge.request('readTerminal', { terminalId }, { onProgress: (each) => told.push(each) }),
  );
  const windows = told.flatMap((each) => ('sampling' in each ? [each.sampling.names] : []));
  expect(windows).toEqual([['device.uptimeSeconds']]);
  expect(told.at(-1)).toMatchObject({ reading: { name: 'device.uptimeSeconds' } });
  expect(readings.find(({ name }) => name === 'device.uptimeSeconds')).toMatchObject({
    value: 5,
    unit: 'seconds',
    source: 'SMP stat sys (6 samples in 5 s)',
    failure: null,
  });
});
