/** Every command with `--json` against a simulated terminal: one document, its exit code, and silence. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { requests, type RequestName } from '../../native-bridge/contract/requests.ts';
import { documentOf, run, sampleFirmware, simulate, temporaryFolder, type Box } from './support.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Runs a command, and checks its result against the contract's shape of a request. */
async function json(box: Box, args: readonly string[], shape?: RequestName): Promise<unknown> {
  const ran = await run([...args, '--json', '--data', box.data]);
  expect(ran.stderr).toBe('');
  const document = documentOf(ran);
  expect(document).toMatchObject({ ok: true, exitCode: ran.code });
  if (shape !== undefined) requests[shape].result.parse(document.result);
  return { exit: ran.code, ...document };
}

describe('--json', () => {
  it('of every command is one document of the contract’s shape', async () => {
    const box = await simulate(['wrong-merchant']);
    const { url, merchant } = box;
    const image = sampleFirmware('codebox-2.0.0.bin');
    const shop = ['--merchant', merchant];

    expect(await json(box, ['ports'], 'listPorts')).toMatchObject({ exit: 0, command: 'ports' });
    expect(await json(box, ['identify', url], 'connect')).toMatchObject({
      exit: 0,
      result: { profile: 'training-codebox', identity: { firmwareVersion: '1.9.9' } },
    });
    expect(await json(box, ['read', url, 'battery'], 'readTerminal')).toMatchObject({ exit: 0 });
    expect(
      await json(box, ['diagnose', url, '--symptom', 's3', ...shop], 'diagnose'),
    ).toMatchObject({ exit: 1, result: { cause: 'payment-settings' } });
    expect(await json(box, ['config', 'show', url], 'readSettings')).toMatchObject({ exit: 0 });
    expect(await json(box, ['config', 'diff', url, ...shop], 'readSettings')).toMatchObject({
      exit: 1,
      result: {
        rows: [{ key: 'payment.merchantName' }, { key: 'payment.merchantNumber' }],
      },
    });
    expect(await json(box, ['config', 'apply', url, ...shop], 'applySettings')).toMatchObject({
      exit: 0,
      result: { outcome: 'applied' },
    });
    expect(await json(box, ['config', 'diff', url, ...shop])).toMatchObject({ exit: 0 });
    expect(await json(box, ['config', 'undo', url], 'undoCorrection')).toMatchObject({
      exit: 0,
      result: { outcome: 'undone' },
    });
    expect(await json(box, ['firmware', 'inspect', image], 'inspectFirmware')).toMatchObject({
      exit: 0,
    });
    expect(await json(box, ['firmware', 'plan', image, '--port', url], 'planFlash')).toMatchObject({
      exit: 0,
      result: { toVersion: '2.0.0', blockers: [] },
    });
    expect(await json(box, ['firmware', 'flash', image, '--port', url, '--yes'])).toMatchObject({
      exit: 0,
      result: { flash: { verdict: 'done', runningVersion: '2.0.0' } },
    });
    expect(await json(box, ['firmware', 'flash', image, '--port', url, '--yes'])).toMatchObject({
      exit: 4,
      result: { flash: null },
    });
    expect(await json(box, ['console', url, '--run', 'device info'], 'runShell')).toMatchObject({
      exit: 0,
    });
    expect(await json(box, ['history'])).toMatchObject({
      exit: 0,
      result: { cases: [{ symptom: 'S3', flashVerdict: 'done' }], interrupted: [] },
    });
    const file = join(temporaryFolder(), 'report.html');
    expect(await json(box, ['report', 'last', '-o', file])).toMatchObject({
      exit: 0,
      result: { format: 'html', file },
    });
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('<html');
    expect(await json(box, ['profile', 'check', merchant, '--merchant-file'])).toMatchObject({
      exit: 0,
    });
    expect(await json(box, ['rules', 'list'], 'getKnowledge')).toMatchObject({ exit: 0 });
    expect(await json(box, ['rules', 'explain', '77'], 'explainText')).toMatchObject({
      result: { meanings: [{ kind: 'code', condition: 'sign-in-needed', who: 'technician' }] },
    });
    expect(await json(box, ['card', 'sign-in'], 'makeCard')).toMatchObject({ exit: 0 });
    expect(await json(box, ['profile', 'list'], 'listProfiles')).toMatchObject({ exit: 0 });
    expect(await json(box, ['simulate', '--list-faults'], 'listTrainingFaults')).toMatchObject({
      exit: 0,
    });
  });
});

describe('a secret setting', () => {
  it('is read from stdin and stands in no answer and no record', async () => {
    const box = await simulate();
    const args = ['config', 'apply', box.url, 'wifi.password=-', '--json', '--data', box.data];
    const ran = await run(args, { input: 'hunter22hunter\n' });
    expect(documentOf(ran)).toMatchObject({ result: { outcome: 'applied' } });
    expect(ran.stdout + ran.stderr).not.toContain('hunter22hunter');
    for (const name of ['records.db', 'records.db-wal', 'logs/pos-bench.log']) {
      const path = join(box.data, name);
      if (existsSync(path)) expect(readFileSync(path).includes('hunter22hunter')).toBe(false);
    }
  });
  it.each([
    ['stdin ends without a line', ''],
    ['the line is empty', '\n'],
  ])('is not emptied where %s', async (_what, input) => {
    const box = await simulate();
    const args = ['config', 'apply', box.url, 'wifi.password=-', '--json', '--data', box.data];
    const ran = await run(args, { input });
    expect(documentOf(ran)).toMatchObject({ exitCode: 2, usage: { key: 'cli_usage_no_secret' } });
    const history = await run(['config', 'history', box.url, '--json', '--data', box.data]);
    expect(documentOf(history)).toMatchObject({ result: { corrections: [] } });
  });
});
