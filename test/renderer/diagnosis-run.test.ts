/** The diagnosis as the window holds it: what a run that was stopped leaves, and where it is begun from. */
import { expect, test } from 'vitest';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { DiagnosisRun } from '../../renderer/state/diagnosis-run.svelte.ts';
import { WindowLine } from '../support/window-line.ts';

const finding = (check: string, verdict: string, role = 'finding') => ({ check, verdict, role });

/** After one run, which found the Wi-Fi to be the cause and the clock to be well. */
async function diagnosed(): Promise<{ diagnosis: DiagnosisRun; line: WindowLine }> {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  const diagnosis = new DiagnosisRun(client, () => ({ terminalId: 't' }), { caseId: null });
  diagnosis.choose('S1');
  void diagnosis.run();
  await line.answer(line.request('diagnose'), {
    caseId: 'case',
    symptom: 'S1',
    atUtc: '2026-01-01T00:00:00.000Z',
    findings: [finding('wifi', 'fail', 'cause'), finding('clock', 'pass')],
    cause: 'wifi',
    changed: ['wifi'],
    answers: {},
  });
  return { diagnosis, line };
}

test('another run that was stopped is stopped, though there is one that was finished', async () => {
  const { diagnosis, line } = await diagnosed();
  void diagnosis.run();
  await line.progress(line.request('diagnose'), { finding: finding('wifi', 'pass') });
  await line.refuse(line.request('diagnose'), 'cancelled');
  expect(diagnosis.state).toBe('stopped');
  expect(diagnosis.changed).toEqual([]);
});

test('the cause of the finished run fails, whatever a stopped one has found there since', async () => {
  const { diagnosis, line } = await diagnosed();
  void diagnosis.run();
  await line.progress(line.request('diagnose'), { finding: finding('wifi', 'pass') });
  await line.refuse(line.request('diagnose'), 'cancelled');
  expect(diagnosis.cause).toMatchObject({ check: 'wifi', verdict: 'fail' });
});

test('after a stopped run what it did not come to is known as older, and only that', async () => {
  const { diagnosis, line } = await diagnosed();
  expect(diagnosis.isOlder('clock')).toBe(false);
  void diagnosis.run();
  await line.progress(line.request('diagnose'), { finding: finding('wifi', 'pass') });
  await line.refuse(line.request('diagnose'), 'cancelled');
  expect([diagnosis.isOlder('wifi'), diagnosis.isOlder('clock')]).toEqual([false, true]);
});

test('the run after a stopped one is done as any other', async () => {
  const { diagnosis, line } = await diagnosed();
  void diagnosis.run();
  await line.refuse(line.request('diagnose'), 'cancelled');
  void diagnosis.run();
  await line.answer(line.request('diagnose'), {
    ...{ caseId: 'case', symptom: 'S1', answers: {}, cause: null },
    findings: [finding('wifi', 'pass')],
  });
  expect(diagnosis).toMatchObject({ state: 'done', cause: null, removed: 'wifi' });
});

test('a run that begins closes the list of complaints, wherever it was begun from', async () => {
  const { diagnosis } = await diagnosed();
  diagnosis.choosingAgain = true;
  void diagnosis.run();
  expect(diagnosis.choosingAgain).toBe(false);
});
