/** A routine visit: the same checks and no cause, trends since the visit before, the next date. */
import { expect, it } from 'vitest';
import { connectBox, openBench } from '../support/bench.ts';

async function visited() {
  const bench = await openBench();
  const { bridge } = bench;
  const { terminal, trainingId } = await connectBox(bench, { updateDue: false });
  const { id: terminalId } = terminal;
  const routine = async () => await bridge.request('diagnose', { terminalId, symptom: null });
  return { bridge, terminalId, trainingId, routine };
}

it('says at the first visit that there is nothing to compare, and when the next is due', async () => {
  const { bridge, routine } = await visited();
  const { routine: told, cause, atUtc, caseId } = await routine();
  expect(cause).toBeNull();
  expect(told).toMatchObject({ visits: 0, trends: [] });
  const days = (Date.parse(told?.nextVisitUtc ?? '') - Date.parse(atUtc)) / 86_400_000;
  expect(days).toBeCloseTo(told?.inDays ?? 0);
  const { nextVisitUtc } = await bridge.request('getCase', { caseId });
  expect(nextVisitUtc).toBe(told?.nextVisitUtc);
});

it('compares with what the visit before read', async () => {
  const { bridge, trainingId, routine } = await visited();
  const first = await routine();
  await bridge.request('closeCase', { caseId: first.caseId });
  await bridge.request('setTrainingFault', { trainingId, fault: 'battery-low', on: true });
  const { routine: told, caseId } = await routine();
  expect(caseId).not.toBe(first.caseId);
  const level = told?.trends.find(({ name }) => name === 'battery.levelPercent');
  expect(level).toMatchObject({ direction: 'down', verdict: 'watch' });
  expect(told).toMatchObject({ visits: 1, inDays: 30, why: { key: 'routine_why_findings' } });
});

it('is a case of its own beside a complaint, whichever comes first', async () => {
  const { bridge, terminalId, routine } = await visited();
  const complaint = async () => await bridge.request('diagnose', { terminalId, symptom: 'S3' });
  const one = await complaint();
  const two = await routine();
  const three = await complaint();
  expect(new Set([one.caseId, two.caseId, three.caseId]).size).toBe(3);
  const { symptom } = await bridge.request('getCase', { caseId: one.caseId });
  expect(symptom).toBe('S3');
  expect((await complaint()).caseId).toBe(three.caseId);
});

it('is not compared with a recording, nor with another terminal', async () => {
  const { bridge, routine } = await visited();
  const other = await connectBox({ bridge, dataFolder: '' }, { model: 'counter' });
  await bridge.request('diagnose', { terminalId: other.terminal.id, symptom: 'S1' });
  expect((await routine()).routine).toMatchObject({ visits: 0 });
});
