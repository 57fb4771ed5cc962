/** What was changed at the terminal's own menu after a flash that stayed open is not overwritten. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Backup } from '../../../native-bridge/contract/backup.ts';
import type { Planned } from '../../../native-bridge/operations/apply-values.ts';
import { lostOrChanged } from '../../../native-bridge/operations/flash/lost-or-changed.ts';
import { makeImage } from '../../../native-bridge/simulators/codebox/boot/make-image.ts';
import { Stage } from './stage.ts';

const volume = 'speaker.volumePercent';
const hoursMs = 2 * 3_600_000;

/** Killed as it restarts, with the new image marked. */
async function cutOff(faults: readonly string[] = []): Promise<Stage> {
  const stage = await Stage.open({ faults });
  onTestFinished(() => stage.end());
  await stage.connect();
  await stage.flash(({ phase }) => {
    if (phase === 'restart') stage.kill();
  });
  stage.box.reset();
  await stage.bench.time.pass(10_000);
  return stage;
}

/** At the terminal itself. */
function mute({ box }: Stage): void {
  box.setFault('volume-muted', true);
}

async function connectedAfter(stage: Stage, ms: number) {
  await stage.bench.time.pass(ms);
  await stage.startProgram();
  return await stage.connect();
}

describe('a flash that is looked at hours later', () => {
  it('leaves what has another value now, and names it', async () => {
    const stage = await cutOff();
    mute(stage);
    expect(await connectedAfter(stage, hoursMs)).toMatchObject({
      result: {
        settledFlash: {
          verdict: 'not-trading',
          state: { key: 'flash_state_settings_differ' },
          next: { key: 'flash_next_settings' },
          settings: { restored: [], failed: [volume] },
        },
      },
    });
    expect(stage.truth.settings['snd/volume']).toBe('0');
    // It was said; the next visit has nothing to settle.
    stage.kill();
    const again = await connectedAfter(stage, 1_000);
    expect(again).toMatchObject({ kind: 'result' });
    expect(again).not.toMatchObject({ result: { settledFlash: expect.anything() as unknown } });
    expect(stage.truth.settings['snd/volume']).toBe('0');
  });

  it('is done where all settings are as before', async () => {
    const stage = await cutOff();
    expect(await connectedAfter(stage, hoursMs)).toMatchObject({
      result: { settledFlash: { verdict: 'done-late', settings: { failed: [] } } },
    });
  });
});

describe('a flash that is looked at within the visit', () => {
  it('puts back what has another value, which can be undone', async () => {
    const stage = await cutOff(['settings-lost-some']);
    expect(await connectedAfter(stage, 5 * 60_000)).toMatchObject({
      result: {
        settledFlash: {
          verdict: 'done-late',
          settings: { restored: ['payment.terminalNumber', 'qr.mode'], failed: [] },
        },
      },
    });
  });
});

describe('the next flash, after hours in which one stayed open', () => {
  it('leaves what has another value, where it begins in the boot loader', async () => {
    const stage = await Stage.open({ faults: ['settings-lost-all'] });
    onTestFinished(() => stage.end());
    await stage.connect();
    // Pulled as the settings are put back: it stays open.
    stage.bench.tap(stage.url, ({ header: { group, id, operation } }) => {
      if (group !== 3 || id !== 0 || operation !== 'write') return false;
      void stage.box.pull();
      return true;
    });
    expect(await stage.flash()).toMatchObject({ result: { verdict: 'not-trading' } });
    stage.bench.tap(stage.url, () => false);
    stage.kill();
    await stage.box.plug();
    await stage.bench.time.pass(hoursMs);
    writeFileSync(stage.imageFile, makeImage({ major: 2, minor: 0, revision: 1, build: 0 }, 6_400));
    stage.box.setFault('boot-pin-held', true);
    stage.box.reset();
    expect(await connectedAfter(stage, 5_000)).toMatchObject({ result: { bootLoader: true } });
    stage.box.setFault('boot-pin-held', false);
    stage.box.setFault('settings-lost-all', false);
    mute(stage);
    expect(await stage.flash()).toMatchObject({
      result: { verdict: 'not-trading', settings: { restored: [] } },
    });
    expect(stage.truth.settings['snd/volume']).toBe('0');
  });
});

const text = (value: string | null) => (value === null ? null : new TextEncoder().encode(value));
const hex = (value: string | null) => (value === null ? null : Buffer.from(value).toString('hex'));

function decide(atFirst: string, now: string | null, atLast: string | null | undefined) {
  const planned = { setting: { key: 'a' }, value: text(atFirst), before: text(now) };
  const backupOf = (value: string | null) => {
    return { values: [{ key: 'a', bytes: hex(value) }] } as unknown as Backup;
  };
  const last = atLast === undefined ? null : { backup: backupOf(atLast), sure: true };
  const first = { backup: backupOf(atFirst), sure: false };
  const { putBack, left } = lostOrChanged([planned as Planned], first, last);
  const [one] = putBack;
  return { to: one ? Buffer.from(one.value ?? []).toString() : null, named: left.length > 0 };
}

describe('a setting that is not as in an older backup', () => {
  it.each([
    ['gone now: put back', 'x', null, undefined, { to: 'x', named: false }],
    ['another value now: left and named', 'x', 'y', undefined, { to: null, named: true }],
    ['as right before this flash: left and named', 'x', 'y', 'y', { to: null, named: true }],
    ['lost by this flash: as right before it', 'x', 'z', 'x', { to: 'x', named: false }],
    ['changed before this flash, lost by it: both', 'x', 'z', 'y', { to: 'y', named: true }],
    ['gone before this flash, and now: put back', 'x', null, null, { to: 'x', named: false }],
  ] as const)('%s', (_name, atFirst, now, atLast, expected) => {
    expect(decide(atFirst, now, atLast)).toEqual(expected);
  });
});
