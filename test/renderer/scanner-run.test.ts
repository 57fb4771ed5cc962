/** The scanner test in the window: what the technician says is about the code that was due. */
import { expect, test } from 'vitest';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { ScannerRun } from '../../renderer/state/scanner-run.svelte.ts';
import { WindowLine } from '../support/window-line.ts';

function connected() {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  const holder = { caseId: null as string | null };
  return { line, holder, run: new ScannerRun(client, 't', holder) };
}

const code = (number: number) => ({ number, text: `POSBENCH 0${number}`, level: 'M' });
const row = (number: number, outcome: string, decodeMs: number | null = null) => {
  return { number, outcome, decodeMs, repeats: 0, altered: false };
};
const state = (due: number, rows: unknown[]) => {
  return { due: { number: due }, of: 2, carrier: 'paper', rows, foreign: { count: 0, texts: [] } };
};

test('answers name the code that is due, and the counts are those of the newest state', async () => {
  const { line, run } = connected();
  void run.load();
  const codes = { testable: 'yes', codes: [code(1), code(2)] };
  await line.answer(line.request('scannerCodes'), codes);
  expect(run.state).toBe('empty');
  void run.start();
  const testing = line.request('testScanner');
  await line.progress(testing, state(1, [row(1, 'waiting'), row(2, 'waiting')]));
  expect(run).toMatchObject({ state: 'running', carrier: 'paper', due: { text: 'POSBENCH 01' } });
  run.answer('missed');
  await line.progress(testing, state(2, [row(1, 'read', 170), row(2, 'waiting')]));
  run.answer('skip');
  expect(line.requests('answerScannerTest').map(({ params }) => params)).toEqual([
    { terminalId: 't', number: 1, answer: 'missed' },
    { terminalId: 't', number: 2, answer: 'skip' },
  ]);
  expect([run.count('read'), run.count('missed')]).toEqual([1, 0]);
  expect(run.bins.at(-1)).toMatchObject({ fromMs: 150, toMs: 175, count: 1 });
});

test('its case is the visit’s, and a code is held before a simulated scanner as it is shown', async () => {
  const { line, holder, run } = connected();
  void run.load();
  await line.answer(line.request('scannerCodes'), { testable: 'yes', codes: [code(1)] });
  void run.start();
  const testing = line.request('testScanner');
  await line.progress(testing, state(1, [row(1, 'waiting')]));
  void run.present('tcp://127.0.0.1:1');
  const held = line.request('presentTrainingCode');
  expect(held.params).toMatchObject({ code: { text: 'POSBENCH 01', lit: false } });
  await line.answer(held, { decodeMs: null });
  expect(run.notTaken).toBe(1);
  await line.answer(testing, { caseId: 'case', codes: [] });
  expect([run.state, holder.caseId]).toEqual(['done', 'case']);
});

test('stopped, what was read so far stays, and another can begin', async () => {
  const { line, run } = connected();
  void run.load();
  await line.answer(line.request('scannerCodes'), { testable: 'yes', codes: [code(1), code(2)] });
  void run.start();
  const testing = line.request('testScanner');
  await line.progress(testing, state(2, [row(1, 'read', 170), row(2, 'waiting')]));
  await line.refuse(testing, 'cancelled');
  expect([run.state, run.count('read')]).toEqual(['stopped', 1]);
  void run.start();
  expect([run.state, run.count('read')]).toEqual(['running', 0]);
});

test('a terminal that can’t be tested says so before anything begins', async () => {
  const { line, run } = connected();
  void run.load();
  await line.answer(line.request('scannerCodes'), { testable: 'no-way', codes: [] });
  expect(run.state).toBe('untestable');
});
