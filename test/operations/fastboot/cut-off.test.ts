/** Cables pulled, programs killed, second thoughts: the terminal is told apart from a dead one. */
import { describe, expect, it } from 'vitest';
import type { FlashProgress } from '../../../native-bridge/contract/firmware.ts';
import { endOf, factoryFor, openStage, type Stage } from './stage.ts';

const done = 'done: done_build, then test_payment';
const old = { model: 'at-700', allow: ['no-way-back', 'factory-unsigned'], keys: false } as const;

/** Calls back once, when the flash has come so far. */
function once(when: (at: FlashProgress) => boolean, act: () => void) {
  let isDone = false;
  return (at: FlashProgress): void => {
    if (isDone || !when(at)) return;
    isDone = true;
    act();
  };
}

const large = { systemBytes: 8_000_000 };
const leaving = ({ phase, waitingFor }: FlashProgress) =>
  phase === 'update-mode' && waitingFor !== null;
const sending = ({ phase, sentBytes }: FlashProgress) => phase === 'upload' && (sentBytes ?? 0) > 0;
const sendingSystem = ({ phase, sentBytes }: FlashProgress) =>
  phase === 'upload' && (sentBytes ?? 0) > 1_000_000;
const inFastbootd = ({ waitingFor }: FlashProgress) => waitingFor?.key === 'flash_wait_fastbootd';
const restarting = ({ phase }: FlashProgress) => phase === 'restart';
const pull = ({ terminal }: Stage) => void terminal.control({ pull: true });
const plug = ({ terminal }: Stage) => void terminal.control({ plug: true });

describe('a cable pulled and put back costs nothing', () => {
  it.each([
    ['while the boot loader starts', leaving],
    ['while it is written', sending],
    ['while fastbootd starts', inFastbootd],
    ['while the system’s image is written', sendingSystem],
    ['while the new system starts', restarting],
  ])('%s', async (_, when) => {
    const stage = await openStage('--boot-ms', '800');
    const result = await stage.flash(await stage.plan(factoryFor('at-900', large)), {
      onProgress: once(when, () => {
        pull(stage);
        setTimeout(() => plug(stage), 1_500);
      }),
    });
    expect(endOf(result)).toBe(done);
  });
});

it('a cable that stays out is unknown, and is corrected when the old system is seen', async () => {
  const stage = await openStage();
  const result = await stage.flash(await stage.plan(factoryFor('at-900', large)), {
    onProgress: once(sending, () => pull(stage)),
  });
  expect(endOf(result)).toBe('unknown: factory_cut_off, then factory_again');
  await stage.terminal.control({ reboot: '' });
  await stage.terminal.control({ plug: true });
  const settled = await settledAt(stage, stage.adbUrl);
  expect(settled && endOf(settled)).toBe('nothing-changed: factory_as_before, then ota_try_again');
});

describe('a terminal without slots that is cut off as it is written', () => {
  it('waits in its boot loader, which takes the package again', async () => {
    const stage = await openStage('--model', old.model);
    const file = factoryFor(old.model, large);
    const result = await stage.flash(await stage.plan(file, false), {
      ...old,
      allow: [...old.allow],
      onProgress: once(sendingSystem, () => pull(stage)),
    });
    expect(endOf(result)).toBe('unknown: factory_cut_off_writes, then factory_again');
    await stage.terminal.control({ reboot: 'bootloader' });
    await stage.terminal.control({ plug: true });
    const settled = await settledAt(stage, stage.fastbootUrl);
    expect(settled && endOf(settled)).toBe(
      'needs-firmware: factory_half_written, then factory_again',
    );
    const plan = await stage.plan(file, false);
    const again = await stage.flash(plan, { ...old, allow: [...old.allow] });
    expect(endOf(again)).toBe(done);
  });
});

it('cancelled before anything was written, the terminal goes back to its system', async () => {
  const stage = await openStage('--boot-ms', '1500');
  const stop = new AbortController();
  const result = await stage.flash(await stage.plan(), {
    signal: stop.signal,
    onProgress: once(leaving, () => stop.abort()),
  });
  expect(endOf(result)).toBe('nothing-changed: untouched, then ota_try_again');
  expect(result).toMatchObject({ fault: { code: 'cancelled' }, sentBytes: 0 });
  expect(await stage.state()).toMatchObject({ mode: 'system', partitions: {} });
});

it('cancelled while it is written, it runs on to its end', async () => {
  const stage = await openStage();
  const stop = new AbortController();
  const result = await stage.flash(await stage.plan(factoryFor('at-900', large)), {
    signal: stop.signal,
    onProgress: once(sending, () => stop.abort()),
  });
  expect(endOf(result)).toBe(done);
});

it('a program that was killed while it wrote leaves a flash that the next one settles and does again', async () => {
  const stage = await openStage();
  const file = factoryFor('at-900', large);
  const killed = stage.flash(await stage.plan(file), {
    onProgress: once(sendingSystem, () => void stage.bridge.close()),
  });
  await killed.catch(() => undefined);
  await stage.anotherProgram();
  const settled = await settledAt(stage, stage.fastbootUrl);
  expect(settled?.corrects).toBe(true);
  expect(settled && endOf(settled)).toBe(
    'needs-firmware: factory_untouched, then factory_leave_or_again',
  );
  const again = await stage.flash(await stage.plan(file), { allow: ['no-way-back'] });
  expect(endOf(again)).toBe(done);
  expect((await stage.state()).slot).toBe('b');
});

/** As a technician does who tries again until it answers. */
async function settledAt(stage: Stage, portUrl: string) {
  for (;;) {
    try {
      await stage.connect(portUrl);
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
  const { settledFlash } = await stage.bridge.request('connect', { portUrl });
  return settledFlash;
}
