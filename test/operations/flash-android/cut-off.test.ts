/** Cables pulled, programs killed, second thoughts: the terminal is told apart from a dead one. */
import { expect, it } from 'vitest';
import type { FlashProgress } from '../../../native-bridge/contract/firmware.ts';
import { builds, endOf, openStage, packageFor, type Stage } from './stage.ts';

/** Calls back once, when the flash has come so far. */
function once(when: (at: FlashProgress) => boolean, act: () => void) {
  let done = false;
  return (at: FlashProgress): void => {
    if (done || !when(at)) return;
    done = true;
    act();
  };
}

const sending = ({ phase, sentBytes }: FlashProgress) => phase === 'upload' && (sentBytes ?? 0) > 0;
const restarting = ({ phase, waitingFor }: FlashProgress) =>
  phase === 'update-mode' && waitingFor !== null;
const pull = ({ terminal }: Stage) => void terminal.control({ pull: true });
const plug = ({ terminal }: Stage) => void terminal.control({ plug: true });
const large = () => packageFor({ bytes: 6_000_000 });

it('a cable pulled while the recovery starts and put back costs nothing', async () => {
  const stage = await openStage('--boot-ms', '1500');
  const result = await stage.flash(await stage.plan(), {
    onProgress: once(restarting, () => {
      pull(stage);
      setTimeout(() => plug(stage), 2_000);
    }),
  });
  expect(endOf(result)).toBe('done: done_build, then test_payment');
});

it('a cable pulled while it is sent and put back: the system runs as before', async () => {
  const stage = await openStage();
  const result = await stage.flash(await stage.plan(large()), {
    onProgress: once(sending, () => {
      pull(stage);
      setTimeout(() => plug(stage), 500);
    }),
  });
  expect(endOf(result)).toBe('nothing-changed: ota_as_before, then ota_try_again');
  expect(result).toMatchObject({ failedPhase: 'upload', runningVersion: result.fromVersion });
});

it('a cable that stays out is unknown, names the way back, and is corrected when it is put back', async () => {
  const stage = await openStage();
  const result = await stage.flash(await stage.plan(large()), {
    onProgress: once(sending, () => pull(stage)),
  });
  expect(endOf(result)).toBe('unknown: ota_cut_off, then recovery');
  expect(result).toMatchObject({ failedPhase: 'upload', fault: { code: 'port-vanished' } });
  await stage.terminal.control({ reboot: '' });
  await stage.terminal.control({ plug: true });
  await connected(stage);
  const { settledFlash } = await stage.bridge.request('connect', again(stage));
  expect(settledFlash && endOf(settledFlash)).toBe(
    'nothing-changed: ota_as_before, then ota_try_again',
  );
});

it('a terminal without slots that is cut off as it installs waits in its recovery, which takes the package again', async () => {
  const stage = await openStage('--model', 'at-700', '--install-ms', '1500');
  const file = packageFor({ model: 'at-700' });
  const allow = ['no-way-back'];
  const installing = ({ waitingFor }: FlashProgress) => waitingFor?.key === 'flash_wait_install';
  const result = await stage.flash(await stage.plan(file), {
    allow,
    onProgress: once(installing, () => {
      pull(stage);
      setTimeout(() => plug(stage), 500);
    }),
  });
  expect(endOf(result)).toBe('needs-firmware: ota_recovery_written, then ota_again');
  const plan = await stage.plan(file);
  expect(plan.fromVersion).toBeNull();
  expect(endOf(await stage.flash(plan, { allow }))).toBe('done: done_build, then test_payment');
  expect(await stage.state()).toMatchObject({ fingerprint: builds['at-700'] });
});

it('cut off before it has read all, it is asked to leave its recovery, and nothing is changed', async () => {
  const stage = await openStage('--model', 'at-700');
  const plan = await stage.plan(packageFor({ model: 'at-700', bytes: 6_000_000 }));
  const result = await stage.flash(plan, {
    allow: ['no-way-back'],
    onProgress: once(sending, () => {
      pull(stage);
      setTimeout(() => plug(stage), 500);
    }),
  });
  expect(endOf(result)).toBe('nothing-changed: ota_as_before, then ota_try_again');
});

it('cancelled before anything was sent, the terminal goes back to its system', async () => {
  const stage = await openStage('--boot-ms', '1500');
  const stop = new AbortController();
  const result = await stage.flash(await stage.plan(), {
    signal: stop.signal,
    onProgress: once(restarting, () => stop.abort()),
  });
  expect(endOf(result)).toBe('nothing-changed: untouched, then ota_try_again');
  expect(result).toMatchObject({ fault: { code: 'cancelled' }, sentBytes: 0 });
  expect(await stage.state()).toMatchObject({ mode: 'system' });
});

it('a terminal that comes back after the deadline is done late', async () => {
  const stage = await openStage('--fault', 'back-late', '--late-ms', '12000');
  const result = await stage.flash(await stage.plan());
  expect(endOf(result)).toBe('unknown: ota_not_back, then ota_wait');
  await connected(stage);
  const { settledFlash } = await stage.bridge.request('connect', again(stage));
  expect(settledFlash && endOf(settledFlash)).toBe('done-late: done_build, then test_payment');
  expect(settledFlash?.corrects).toBe(true);
});

it('a program that was killed while it sent leaves a flash that the next one settles', async () => {
  const stage = await openStage();
  const killed = stage.flash(await stage.plan(large()), {
    onProgress: once(sending, () => void stage.bridge.close()),
  });
  await killed.catch(() => undefined);
  await stage.anotherProgram();
  await connected(stage);
  const { settledFlash } = await stage.bridge.request('connect', again(stage));
  expect(settledFlash?.corrects).toBe(true);
  expect(settledFlash?.verdict).toMatch(/^(?:nothing-changed|needs-firmware)$/);
});

const again = ({ terminal }: Stage) => ({ portUrl: `adb://${terminal.adb}` });

/** As a technician does who tries again until it answers. */
async function connected(stage: Stage): Promise<void> {
  for (;;) {
    try {
      await stage.connect();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}
