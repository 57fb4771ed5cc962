/** The technician's jobs, each as its command, over the bus. */
import assert from 'node:assert/strict';
import type { Correction } from '../../../native-bridge/contract/correction.ts';
import type { Diagnosis } from '../../../native-bridge/contract/diagnosis.ts';
import type { FlashResult } from '../../../native-bridge/contract/firmware.ts';
import type { Reading } from '../../../native-bridge/contract/reading.ts';
import type { Terminal } from '../../../native-bridge/contract/terminal.ts';
import { CodeBox } from './code-box.ts';
import { test } from './harness.ts';
import { newFolder, posBench, posBenchAnew, program } from './product.ts';
import { image, vendorKey, vendorProfile } from './vendor.ts';
import { join, dirname } from 'node:path';

const merchant = join(dirname(program('pos-bench')), 'profiles', 'training-merchant.yaml');

test('identify finds the only terminal that is known, without its port being named', async (trial) => {
  const box = await CodeBox.start(trial);
  const tty = await box.tty();
  const { exitCode, json } = await posBenchAnew(newFolder(), ['identify']);
  const terminal: Terminal = json.result;
  assert.equal(exitCode, 0);
  assert.equal(terminal.portUrl, `serial://${tty}`);
  assert.equal(terminal.profile, 'training-codebox');
  assert.deepEqual(
    [terminal.identity.serialNumber, terminal.identity.basis],
    ['CB2025030017', 'serial-number'],
  );
});

test('read shows everything that the profile names', async (trial) => {
  const box = await CodeBox.start(trial);
  const { exitCode, json } = await posBench(newFolder(), ['read', await box.tty()]);
  assert.equal(exitCode, 0);
  const { readings }: { readings: Reading[] } = json.result;
  assert.ok(readings.length > 30, String(readings.length));
  assert.deepEqual(
    readings.filter(({ failure }) => failure !== null),
    [],
  );
});

test('diagnose names the fault that the terminal has', async (trial) => {
  const box = await CodeBox.start(trial, { options: ['--faults', 'battery-low'] });
  const tty = await box.tty();
  const data = newFolder();
  const found = await posBench(data, ['diagnose', tty, '--symptom', 'S3', '--merchant', merchant]);
  const diagnosis: Diagnosis = found.json.result;
  assert.equal(found.exitCode, 1);
  const failing = diagnosis.findings.filter((finding) => finding.verdict === 'fail');
  assert.deepEqual(
    failing.map((finding) => finding.check),
    ['battery'],
  );
});

test('config apply corrects the settings, and undo puts the old ones back', async (trial) => {
  const box = await CodeBox.start(trial, { options: ['--faults', 'wrong-merchant'] });
  const tty = await box.tty();
  const data = newFolder();
  const merchantNumber = async () => {
    const { settings } = (await box.tell({ state: true })) as { settings: Settings };
    return JSON.stringify(settings);
  };
  const before = await merchantNumber();
  assert.match(before, /898310048160999/);
  const applied = await posBench(data, ['config', 'apply', tty, '--merchant', merchant]);
  assert.equal((applied.json.result as Correction).outcome, 'applied');
  assert.match(await merchantNumber(), /898310048160001/);
  const undone = await posBench(data, ['config', 'undo', tty]);
  assert.equal((undone.json.result as Correction).outcome, 'undone');
  assert.equal(await merchantNumber(), before);
});

type Settings = Readonly<Record<string, unknown>>;

test('firmware flash ends proven, over a restart that takes the terminal off the bus', async (trial) => {
  const box = await CodeBox.start(trial, {
    options: [...['--firmware', image('1.0.0'), '--key', vendorKey]],
  });
  const tty = await box.tty();
  const profile = vendorProfile('lab-commands');
  // A vendor that nobody has accepted yet, and a model that the image does not name.
  const allowed = ['--allow', 'key-unaccepted', '--allow', 'not-admitted'];
  const args = ['firmware', 'flash', image('2.0.0'), '--port', tty, '--profile', profile];
  const { exitCode, json } = await posBenchAnew(newFolder(), [...args, ...allowed, '--yes']);
  const { flash } = json.result as { flash: FlashResult };
  assert.equal(flash.verdict, 'done');
  assert.equal(exitCode, 0);
  assert.deepEqual([flash.runningVersion, flash.confirmed], ['2.0.0', true]);
  assert.equal(box.restarts, 1);
});
