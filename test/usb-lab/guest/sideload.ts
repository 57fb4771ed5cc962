/** An update package over the bus, into a recovery that is another USB product, and back. */
import assert from 'node:assert/strict';
import type { FlashResult } from '../../../native-bridge/contract/firmware.ts';
import { test } from './harness.ts';
import { posBenchAnew, sharedData } from './product.ts';
import {
  certificate,
  connectUpdatable,
  install,
  quickProfile,
  startUpdatable,
  stateOf,
  update,
} from './update.ts';

test('firmware flash sideloads a package, and what runs after the restart proves it', async (trial) => {
  const terminal = await startUpdatable(trial);
  const { path, fingerprint } = update(1);
  const args = ['firmware', 'flash', path, '--port', terminal.url(), '--key', certificate, '--yes'];
  const { exitCode, json } = await posBenchAnew(sharedData, [...args, '--profile', quickProfile]);
  const { flash } = json.result as { flash: FlashResult };
  assert.deepEqual([flash.verdict, flash.runningHash, exitCode], ['done', fingerprint, 0]);
  assert.deepEqual((await stateOf(terminal)).fingerprint, fingerprint);
  const modes = terminal.events.filter(({ event }) => event === 'mode').map(({ mode }) => mode);
  assert.deepEqual(modes, ['sideload', 'system']);
});

test('a terminal whose new system is another USB product is found under it, and the flash is proven', async (trial) => {
  const terminal = await startUpdatable(trial, { productIdAfterwards: '4ee2' });
  const before = await connectUpdatable(trial, terminal);
  assert.equal(before.portUrl, terminal.url());
  const { verdict, terminalId } = await install(before, update(1));
  assert.equal(verdict, 'done');
  assert.equal(terminalId, before.id);
  const after = await connectUpdatable(trial, terminal);
  assert.equal(after.portUrl, terminal.url().replace(':4ee7/', ':4ee2/'));
  assert.equal(after.id, before.id);
});

test('a terminal that comes back after the deadline is done late', async (trial) => {
  const options = ['--fault', 'back-late', '--late-ms', '18000'];
  const terminal = await startUpdatable(trial, { options });
  const first = await install(await connectUpdatable(trial, terminal), update(1));
  assert.equal(first.verdict, 'unknown');
  const { settledFlash } = await connectUpdatable(trial, terminal);
  assert.deepEqual([settledFlash?.verdict, settledFlash?.corrects], ['done-late', true]);
  assert.equal((await stateOf(terminal)).fingerprint, update(1).fingerprint);
});

test('two terminals of one model take their packages at once, each its own', async (trial) => {
  const sides = [];
  for (const [socket, serialNumber] of [
    [0, 'AT-ONE'],
    [1, 'AT-TWO'],
  ] as const) {
    const terminal = await startUpdatable(trial, { socket, serialNumber });
    const connected = await connectUpdatable(trial, terminal);
    sides.push({ terminal, connected, package: update(socket + 1) });
  }
  const flashes = sides.map((side) => install(side.connected, side.package));
  const verdicts = (await Promise.all(flashes)).map(({ verdict }) => verdict);
  assert.deepEqual(verdicts, ['done', 'done']);
  for (const { terminal, package: own } of sides) {
    assert.equal((await stateOf(terminal)).fingerprint, own.fingerprint);
  }
});
