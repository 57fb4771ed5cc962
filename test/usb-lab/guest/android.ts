/** Android terminals over the bus: the technician's jobs, a pulled cable, the tap, two of one model. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import type { BridgeFault } from '../../../native-bridge/contract/bridge-fault.ts';
import type { Correction } from '../../../native-bridge/contract/correction.ts';
import type { Diagnosis } from '../../../native-bridge/contract/diagnosis.ts';
import type { PortList } from '../../../native-bridge/contract/port.ts';
import type { Reading } from '../../../native-bridge/contract/reading.ts';
import type { Terminal } from '../../../native-bridge/contract/terminal.ts';
import { AndroidTerminal } from './android-terminal.ts';
import { test, type Trial } from './harness.ts';
import { posBench, posBenchAnew, program, sharedBridge, sharedData } from './product.ts';

const profiles = { 'at-700': 'training-at700', 'at-900': 'training-at900' } as const;
const models = ['at-900', 'at-700'] as const;
const data = sharedData;

function merchantOf(model: keyof typeof profiles): string {
  return join(dirname(program('pos-bench')), 'profiles', `${profiles[model]}-merchant.yaml`);
}

test('a terminal that asks for a tap is let in by it, and asks no second time', async (trial) => {
  const terminal = await AndroidTerminal.start(trial, {
    model: 'at-900',
    options: ['--auth', 'never'],
  });
  const identify = posBenchAnew(data, ['identify', terminal.url()]);
  await terminal.said('the question', ({ event, key }) => event === 'asking' && key !== null);
  assert.deepEqual(await terminal.tell({ tap: 'allow' }), { ok: true });
  assert.equal((await identify).exitCode, 0);
  terminal.events.length = 0;
  assert.equal((await posBench(data, ['identify', terminal.url()])).exitCode, 0);
  assert.deepEqual(terminal.events, []);
});

for (const model of models) {
  test(`a plugged-in ${model} is listed with its door, and tells who it is and how it is`, async (trial) => {
    const terminal = await AndroidTerminal.start(trial, { model });
    const { ports } = (await posBench(data, ['ports'])).json.result as PortList;
    const port = ports.find(({ serialNumber }) => serialNumber === terminal.serialNumber);
    assert.deepEqual(
      [port?.url, port?.door, port?.product, port?.profiles],
      [terminal.url(), 'adb', model.toUpperCase(), ['android-generic']],
    );
    const read = await posBench(data, ['read', terminal.url()]);
    assert.equal(read.exitCode, 0);
    const { terminal: who, readings }: { terminal: Terminal; readings: Reading[] } =
      read.json.result;
    assert.equal(who.profile, profiles[model]);
    assert.deepEqual(
      [who.identity.serialNumber, who.identity.basis],
      [terminal.serialNumber, 'serial-number'],
    );
    assert.ok(readings.length > 50);
    assert.deepEqual(
      readings.filter(({ failure }) => failure !== null),
      [],
    );
  });
}

test('diagnose names the fault that the terminal has', async (trial) => {
  const terminal = await AndroidTerminal.start(trial, {
    model: 'at-900',
    options: ['--faults', 'battery-low'],
  });
  const args = ['--symptom', 'S3', '--merchant', merchantOf('at-900')];
  const found = await posBench(data, ['diagnose', terminal.url(), ...args]);
  const diagnosis: Diagnosis = found.json.result;
  assert.equal(found.exitCode, 1);
  const failing = diagnosis.findings.filter((finding) => finding.verdict === 'fail');
  assert.deepEqual(
    failing.map((finding) => finding.check),
    ['battery'],
  );
});

test('config apply corrects the settings, and undo puts the old ones back', async (trial) => {
  const terminal = await AndroidTerminal.start(trial, {
    model: 'at-700',
    options: ['--faults', 'wrong-merchant'],
  });
  const url = terminal.url();
  const merchantNumber = async () => {
    const { result } = (await posBench(data, ['config', 'show', url])).json;
    const { rows } = result as { rows: { key: string; current: string }[] };
    return rows.find(({ key }) => key === 'payment.merchantNumber')?.current;
  };
  const applied = await posBench(data, [
    'config',
    'apply',
    url,
    '--merchant',
    merchantOf('at-700'),
  ]);
  assert.equal((applied.json.result as Correction).outcome, 'applied');
  assert.equal(await merchantNumber(), '898310048160001');
  const undone = await posBench(data, ['config', 'undo', url]);
  assert.equal((undone.json.result as Correction).outcome, 'undone');
  assert.equal(await merchantNumber(), '898310048160999');
});

test('a cable pulled during a read is a named fault, and after it is put back the read is whole', async (trial) => {
  const terminal = await AndroidTerminal.start(trial, { model: 'at-900' });
  const { id } = await connected(trial, terminal);
  const bridge = await sharedBridge();
  // It stops in the middle of its answer: the read cannot have ended before.
  await terminal.tell({ fault: 'stalls', on: true });
  const reading = bridge.request('readTerminal', { terminalId: id, names: null }).then(
    ({ readings }) => readings.map(({ failure }) => failure?.code),
    (error: unknown) => [(error as BridgeFault).fault.code],
  );
  await terminal.pullCable();
  assert.deepEqual([...new Set(await reading)], ['port-vanished']);
  await terminal.tell({ fault: 'stalls', on: false });
  await terminal.plugCable();
  const again = await connected(trial, terminal);
  const { readings } = await bridge.request('readTerminal', { terminalId: again.id, names: null });
  assert.deepEqual(
    readings.filter(({ failure }) => failure !== null),
    [],
  );
});

test('of two terminals of one model each job goes to the right one', async (trial) => {
  const start = (socket: number, serialNumber: string) =>
    AndroidTerminal.start(trial, { model: 'at-900', socket, serialNumber });
  const [one, two] = [await start(0, 'AT-ONE'), await start(1, 'AT-TWO')];
  const [first, second] = [await connected(trial, one), await connected(trial, two)];
  assert.deepEqual(
    [first.identity.serialNumber, second.identity.serialNumber],
    ['AT-ONE', 'AT-TWO'],
  );
  const bridge = await sharedBridge();
  const changes = [{ key: 'payment.terminalNumber', value: '87654321' }];
  await bridge.request('applySettings', { terminalId: second.id, changes });
  const numberOf = async ({ id }: Terminal) => {
    const { rows } = await bridge.request('readSettings', { terminalId: id });
    return rows.find(({ key }) => key === 'payment.terminalNumber')?.current;
  };
  assert.deepEqual([await numberOf(first), await numberOf(second)], ['10086421', '87654321']);
});

async function connected(trial: Trial, at: AndroidTerminal): Promise<Terminal> {
  const bridge = await sharedBridge();
  const terminal = await bridge.request('connect', { portUrl: at.url() });
  // One whose cable was pulled is disconnected already.
  trial.defer(() => bridge.request('disconnect', { terminalId: terminal.id }).catch(() => null));
  return terminal;
}
