/** A case names the file to which its terminal is being recorded. */
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connectBox, openBench } from '../support/bench.ts';

it('a case of a recorded terminal says to which file, once, and goes with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pos-bench-recorded-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bench = await openBench(folder);
  const { bridge } = bench;
  const { terminal } = await connectBox(bench);
  const { caseId } = await bridge.request('diagnose', { terminalId: terminal.id, symptom: 'S3' });
  await bridge.request('diagnose', { terminalId: terminal.id, symptom: 'S3', caseId });
  const { events } = await bridge.request('getCase', { caseId });
  const files = events.flatMap((event) => (event.kind === 'recording' ? [event.file] : []));
  expect(files).toEqual(readdirSync(folder).map((name) => join(folder, name)));
  const { text } = await bridge.request('makeReport', { caseId, format: 'json', locale: 'en' });
  expect(JSON.parse(text)).toMatchObject({ recordings: readdirSync(folder) });
  await bridge.request('disconnect', { terminalId: terminal.id });
  const { serialNumber } = terminal.identity;
  const gone = await bridge.request('deleteHistory', { serialNumber, dryRun: false });
  expect(gone).toMatchObject({ cases: 1, recordings: files });
  expect(readdirSync(folder)).toEqual([]);
}, 60_000);
