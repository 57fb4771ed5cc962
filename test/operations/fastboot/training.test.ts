/** A training terminal is flashed through its boot loader like any other, wherever that answers. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBench, connectBox } from '../../support/bench.ts';
import { builds, endOf, factoryFor } from './stage.ts';

it('with the profile that ships with it', async () => {
  const bench = await openBench();
  const { terminal } = await connectBox(bench, { model: 'at-900' });
  const path = join(bench.dataFolder, 'factory.zip');
  await writeFile(path, factoryFor());
  const { fileId } = await bench.bridge.registerFile(path);
  const asked = { terminalId: terminal.id, fileId, keyFileIds: [] };
  const plan = await bench.bridge.request('planFlash', asked);
  expect(plan.blockers.map(({ code }) => code)).toEqual(['factory-unsigned']);
  const { fileSha256: acceptedSha256 } = plan.image;
  const allow = ['factory-unsigned'];
  const result = await bench.bridge.request('flash', { ...asked, allow, acceptedSha256 });
  expect(endOf(result)).toBe('done: done_build, then test_payment');
  expect(result.runningHash).toBe(builds['at-900']);
});
