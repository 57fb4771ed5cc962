/**
 * A factory package over the bus: out of the system into the boot loader, into fastbootd, and back, each
 * another USB product or another door.
 */
import assert from 'node:assert/strict';
import type { FlashProgress, FlashResult } from '../../../native-bridge/contract/firmware.ts';
import { makeFactory } from '../../support/make-factory.ts';
import { makeSigner } from '../../support/signer.ts';
import { test } from './harness.ts';
import { posBenchAnew, sharedData } from './product.ts';
import { connectUpdatable, endOf, flashFile, hastyProfile, quickProfile } from './update.ts';
import { startUpdatable, stateOf } from './update.ts';
import { file } from './vendor.ts';

const signer = makeSigner();
const certificate = file('factory-vendor.pem', signer.certificatePem);
const done = 'done: done_build, then test_payment';

/** What lies in `super` only fastbootd writes. */
const tasks = `version 1
flash boot
flash dtbo
flash vbmeta
reboot fastboot
flash system
if-wipe erase userdata`;

interface Package {
  readonly path: string;
  readonly fingerprint: string;
}

function factory(number: number): Package {
  const fingerprint = `PBNorth/at900/at900:13/TKQ1.230504.002/9.5.0.${number}:user/release-keys`;
  const info = 'require product=at900\nrequire version-bootloader=at900-boot-2.4\n';
  const bytes = makeFactory({ info, fingerprint, signer, tasks });
  return { path: file(`factory-${number}.zip`, bytes), fingerprint };
}

const isWriting = ({ phase, sentBytes }: FlashProgress) =>
  phase === 'upload' && (sentBytes ?? 0) > 0;

test('firmware flash writes a factory package, through the boot loader and fastbootd', async (trial) => {
  const terminal = await startUpdatable(trial);
  const { path, fingerprint } = factory(1);
  const args = ['firmware', 'flash', path, '--port', terminal.url(), '--key', certificate, '--yes'];
  const { exitCode, json } = await posBenchAnew(sharedData, [...args, '--profile', quickProfile]);
  const { flash } = json.result as { flash: FlashResult };
  assert.deepEqual([endOf(flash), flash.runningHash, exitCode], [done, fingerprint, 0]);
  const { slot, fingerprint: runs } = await stateOf(terminal);
  assert.deepEqual([slot, runs], ['b', fingerprint]);
  const modes = terminal.events.filter(({ event }) => event === 'mode').map(({ mode }) => mode);
  assert.deepEqual(modes, ['bootloader', 'fastboot', 'system']);
});

test('a cable pulled while the boot loader is written and put back costs nothing', async (trial) => {
  const terminal = await startUpdatable(trial);
  const { path, fingerprint } = factory(2);
  const connected = await connectUpdatable(trial, terminal);
  const plugs: Promise<void>[] = [];
  const result = await flashFile(connected, path, certificate, (progress) => {
    if (plugs.length > 0 || !isWriting(progress)) return;
    terminal.pullNow();
    plugs.push(terminal.plugCable());
  });
  await Promise.all(plugs);
  assert.deepEqual([endOf(result), result.runningHash], [done, fingerprint]);
});

test('a cable that stays out while the boot loader is written is unknown, and the boot loader found again is gone on with', async (trial) => {
  const terminal = await startUpdatable(trial);
  const { path, fingerprint } = factory(3);
  const connected = await connectUpdatable(trial, terminal, hastyProfile);
  let isOut = false;
  const cut = await flashFile(connected, path, certificate, (progress) => {
    if (isOut || !isWriting(progress)) return;
    isOut = true;
    terminal.pullNow();
  });
  assert.equal(endOf(cut), 'unknown: factory_cut_off, then factory_again');
  await terminal.plugCable();
  const again = await connectUpdatable(trial, terminal);
  assert.equal(again.id, connected.id);
  assert.equal(
    again.settledFlash && endOf(again.settledFlash),
    'needs-firmware: factory_untouched, then factory_leave_or_again',
  );
  const result = await flashFile(again, path, certificate);
  assert.deepEqual([endOf(result), result.runningHash], [done, fingerprint]);
});
