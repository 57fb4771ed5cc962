/**
 * The cable is pulled out of a terminal that takes an update package, at five points, and stays out:
 * the flash does not know what became of it, and names the way back. Put in again, the terminal is
 * told apart from a dead one by what answers, and the verdict is corrected: its system, or its recovery
 * at another address, which the next flash goes on with.
 */
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import type { FlashProgress, FlashResult } from '../../../native-bridge/contract/firmware.ts';
import type { AndroidTerminal } from './android-terminal.ts';
import { test, until } from './harness.ts';
import { posBenchAnew, sharedBridge, sharedData } from './product.ts';
import { connectUpdatable, endOf, hastyProfile, install, startUpdatable } from './update.ts';
import { stateOf, update, type Update } from './update.ts';

interface Point {
  readonly when: string;
  readonly at: (progress: FlashProgress) => boolean;
  readonly cut: string;
  /** Once the cable is in again. */
  readonly settled: string;
}

const notThere = 'unknown: ota_not_in_recovery, then recovery';
const cutOff = 'unknown: ota_cut_off, then recovery';
const inRecovery = 'needs-firmware: ota_recovery_untouched, then ota_leave_or_again';

const points: readonly Point[] = [
  {
    when: 'before it is sent to its recovery',
    at: ({ phase, waitingFor }) => phase === 'update-mode' && waitingFor === null,
    cut: notThere,
    settled: 'nothing-changed: untouched, then ota_try_again',
  },
  {
    when: 'while its recovery starts',
    at: ({ phase, waitingFor }) => phase === 'update-mode' && waitingFor !== null,
    cut: notThere,
    settled: inRecovery,
  },
  {
    when: 'as the first of the package is sent',
    at: (progress) => sent(progress) > 0,
    cut: cutOff,
    settled: inRecovery,
  },
  {
    when: 'as the last of the package is sent',
    at: (progress) => sent(progress) > 0.8,
    cut: cutOff,
    settled: inRecovery,
  },
];

test('a cable pulled at any point of an update leaves a true verdict, which the next connection corrects', async (trial) => {
  const terminal = await startUpdatable(trial);
  const wanted = update(1);
  for (const { when, at, cut, settled } of points) {
    const connected = await connectUpdatable(trial, terminal, hastyProfile);
    let isOut = false;
    const result = await install(connected, wanted, (progress) => {
      if (isOut || !at(progress)) return;
      isOut = true;
      terminal.pullNow();
    });
    trial.note(`${when}: ${JSON.stringify(result)}`);
    assert.equal(endOf(result), cut, when);
    await terminal.plugCable();
    const again = await connectUpdatable(trial, terminal, hastyProfile);
    assert.equal(again.id, connected.id, when);
    assert.equal(again.settledFlash && endOf(again.settledFlash), settled, when);
    assert.equal(again.settledFlash?.corrects, true, when);
  }
  await installsAlone(terminal, await flashOutOfRecovery(terminal, wanted));

  /** From its recovery, which has read all of it when the cable goes. */
  async function flashOutOfRecovery(at: AndroidTerminal, { path }: Update): Promise<FlashResult> {
    const connected = await connectUpdatable(trial, at, hastyProfile);
    const middle = Math.ceil(statSync(path).size / 65_536) >> 1;
    const reading = until('all of it read', async () => {
      const { screen, sideloadTaken } = await stateOf(at);
      return screen.includes('Installing update...') && sideloadTaken.at(-1) === middle;
    }).then(() => at.pullNow());
    const [result] = await Promise.all([install(connected, wanted), reading]);
    await (await sharedBridge()).request('disconnect', { terminalId: connected.id });
    return result;
  }
});

/** Recovery needs nobody to finish what it has read; the next command says so. */
async function installsAlone(terminal: AndroidTerminal, result: FlashResult): Promise<void> {
  assert.equal(endOf(result), cutOff);
  await until('its new system', async () => (await stateOf(terminal)).mode === 'system');
  await terminal.plugCable();
  const args = ['identify', terminal.url(), '--profile', hastyProfile];
  const { exitCode, json } = await posBenchAnew(sharedData, args);
  assert.equal(exitCode, 0);
  const settled = json['settledFlash'] as FlashResult | undefined;
  assert.equal(settled && endOf(settled), 'done-late: done_build, then test_payment');
  assert.equal(settled?.terminalId, result.terminalId);
}

function sent({ phase, sentBytes, totalBytes }: FlashProgress): number {
  return phase === 'upload' ? (sentBytes ?? 0) / (totalBytes ?? 1) : 0;
}
