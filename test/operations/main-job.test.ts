/** The main job over a real line: a pty through the real serialport, and TCP. */
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import { connectBox, openBench, updateFile } from '../support/bench.ts';

describe.each(['tcp', 'pty'] as const)('over %s', (transport) => {
  it('recognises the code box by what it says of itself', async () => {
    const bench = await openBench();
    const { terminal } = await connectBox(bench, { transport });
    expect(terminal.profile).toBe('training-codebox');
    expect(terminal.training).toBe(true);
    expect(terminal.identity).toMatchObject({
      serialNumber: 'CB2025030017',
      basis: 'serial-number',
      firmwareVersion: '1.9.9',
    });
  });

  it('reads every value that its profile names', async () => {
    const bench = await openBench();
    const { terminal } = await connectBox(bench, { transport });
    const { readings } = await bench.bridge.request('readTerminal', { terminalId: terminal.id });
    const failed = readings.filter((reading) => reading.failure !== null);
    expect(failed.map(({ name, failure }) => `${name} ${failure?.code ?? ''}`)).toEqual([]);
    const battery = readings.find((reading) => reading.name === 'battery.levelPercent');
    expect(battery).toMatchObject({ value: 83, unit: 'percent' });
  });

  it('names the cause, corrects it, and finds nothing any more', async () => {
    const bench = await openBench();
    const { terminal } = await connectBox(bench, { transport, faults: ['wrong-merchant'] });
    const complaint = { terminalId: terminal.id, symptom: 'S3' as const };
    const before = await bench.bridge.request('diagnose', complaint);
    expect(before.cause).toBe('payment-settings');

    const keys = before.findings.find((f) => f.check === before.cause)?.remedy?.settings ?? [];
    const table = await bench.bridge.request('readSettings', { terminalId: terminal.id });
    const changes = table.rows
      .filter((row) => keys.includes(row.key) && row.differs)
      .map((row) => ({ key: row.key, value: row.expected ?? '' }));
    const correction = await bench.bridge.request('applySettings', {
      terminalId: terminal.id,
      caseId: before.caseId,
      changes,
    });
    expect(correction.outcome).toBe('applied');
    expect(correction.changes.every((change) => change.verified)).toBe(true);

    const after = await bench.bridge.request('diagnose', { ...complaint, caseId: before.caseId });
    expect(after.cause).toBeNull();
    expect(after.changed).toContain('payment-settings');
  });

  it('flashes the update and proves it', async () => {
    const bench = await openBench();
    const { terminal } = await connectBox(bench, { transport });
    const fileId = await updateFile(bench);
    const plan = await bench.bridge.request('planFlash', { terminalId: terminal.id, fileId });
    expect(plan.blockers).toEqual([]);
    const progress: Progress<'flash'>[] = [];
    const result = await bench.bridge.request(
      'flash',
      { terminalId: terminal.id, fileId, acceptedSha256: plan.image.fileSha256 },
      { onProgress: (step) => progress.push(step) },
    );
    expect(result).toMatchObject({
      verdict: 'done',
      fromVersion: '1.9.9',
      runningVersion: '2.0.0',
      runningHash: plan.image.imageHash,
      confirmed: true,
    });
    const fractions = progress.map((step) => step.fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  }, 40_000);
});
