/** Several terminals of one model at once. */
import assert from 'node:assert/strict';
import type { Bridge } from '../../../native-bridge/bridge.ts';
import type { Terminal } from '../../../native-bridge/contract/terminal.ts';
import { CodeBox } from './code-box.ts';
import { test, type Trial } from './harness.ts';
import { sharedBridge } from './product.ts';

test('of two terminals of one model each job goes to the right one', async (trial) => {
  const bridge = await sharedBridge();
  const [one, two] = await Promise.all([
    CodeBox.start(trial, { socket: 0, usb: { serialNumber: 'CB-ONE' } }),
    CodeBox.start(trial, { socket: 1, usb: { serialNumber: 'CB-TWO' } }),
  ]);
  await Promise.all([one.tty(), two.tty()]);
  const { ports } = await bridge.request('listPorts', {});
  const known = ports.filter((port) => port.profiles.includes('training-codebox'));
  assert.deepEqual(known.map((port) => port.serialNumber).sort(), ['CB-ONE', 'CB-TWO']);
  const [first, second] = await Promise.all([connect(one), connect(two)]);
  assert.deepEqual(
    [first.identity.serialNumber, second.identity.serialNumber],
    ['CB-ONE', 'CB-TWO'],
  );
  const changes = [{ key: 'payment.terminalNumber', value: '87654321' }];
  await bridge.request('applySettings', { terminalId: second.id, changes });
  assert.doesNotMatch(JSON.stringify(await one.tell({ state: true })), /87654321/);
  assert.match(JSON.stringify(await two.tell({ state: true })), /87654321/);

  async function connect(box: CodeBox): Promise<Terminal> {
    return await connected(trial, bridge, { portUrl: await box.tty() });
  }
});

for (const [words, serialNumber] of [
  ['the same serial number', '0123456789'],
  ['no serial number', null],
] as const) {
  test(`two terminals with ${words} are shown as two, their identity as assumed`, async (trial) => {
    const bridge = await sharedBridge();
    const boxes = await Promise.all([
      CodeBox.start(trial, { socket: 0, usb: { serialNumber } }),
      CodeBox.start(trial, { socket: 1, usb: { serialNumber } }),
    ]);
    const paths = await Promise.all(boxes.map((box) => box.tty()));
    const { ports } = await bridge.request('listPorts', {});
    assert.equal(ports.filter((port) => paths.includes(port.path)).length, 2);
    const terminals: Terminal[] = [];
    for (const portUrl of paths) {
      // The generic profile has no source of a serial number: what USB says is all there is.
      terminals.push(await connected(trial, bridge, { portUrl, profile: 'zephyr-generic' }));
    }
    assert.equal(new Set(terminals.map(({ id }) => id)).size, 2);
    assert.deepEqual(
      terminals.map(({ identity }) => identity.basis),
      ['assumed', 'assumed'],
    );
  });
}

async function connected(
  trial: Trial,
  bridge: Bridge,
  asked: { readonly portUrl: string; readonly profile?: string },
): Promise<Terminal> {
  const terminal = await bridge.request('connect', asked);
  trial.defer(() => bridge.request('disconnect', { terminalId: terminal.id }));
  return terminal;
}
