/** The cable comes out while the settings that an update lost are put back. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SettingSpec } from '../../../native-bridge/simulators/codebox/terminal/setting-spec.ts';
import { settingSpecs } from '../../../native-bridge/simulators/codebox/terminal/settings.ts';
import { Stage } from './stage.ts';

/** Pulled as the `nth` setting is written. */
function pullAtWrite({ bench, box, url }: Stage, nth: number): void {
  let writes = 0;
  bench.tap(url, ({ header: { group, id, operation } }) => {
    const written = group === 3 && id === 0 && operation === 'write';
    if (!written || ++writes !== nth) return false;
    void box.pull();
    return true;
  });
}

async function backAgain(stage: Stage) {
  stage.bench.tap(stage.url, () => false);
  await stage.repair(['settings-lost-all']);
  return await stage.connect();
}

function expectAllBack({ truth, settingsBefore }: Stage): void {
  const { 'wifi/psk': _, ...before } = settingsBefore;
  expect(truth.settings).toMatchObject(before);
}

describe('settings that an update lost, and whose restoring was cut off', () => {
  it('are put back at the next connection', async () => {
    const stage = await Stage.open({ faults: ['settings-lost-all'] });
    onTestFinished(() => stage.end());
    await stage.connect();
    pullAtWrite(stage, 4);
    expect(await stage.flash()).toMatchObject({ result: { verdict: 'not-trading' } });
    expect(await backAgain(stage)).toMatchObject({
      result: { settledFlash: { verdict: 'done-late' } },
    });
    expectAllBack(stage);
  });

  it('are put back though the flash itself was cut off before', async () => {
    const stage = await Stage.open({ faults: ['settings-lost-all'] });
    onTestFinished(() => stage.end());
    await stage.connect();
    await stage.flash(({ phase }) => {
      if (phase === 'restart') stage.kill();
    });
    stage.box.reset();
    await stage.bench.time.pass(10_000);
    await stage.startProgram();
    pullAtWrite(stage, 4);
    expect(await stage.connect()).toMatchObject({
      result: { settledFlash: { verdict: 'not-trading', settings: { restored: [] } } },
    });
    expect(await backAgain(stage)).toMatchObject({
      result: { settledFlash: { verdict: 'done-late' } },
    });
    expectAllBack(stage);
  });

  it('are put back by the next flash of the same image', async () => {
    const stage = await Stage.open({ faults: ['settings-lost-all'] });
    onTestFinished(() => stage.end());
    await stage.connect();
    pullAtWrite(stage, 4);
    await stage.flash();
    stage.kill();
    expect(await backAgain(stage)).toMatchObject({ kind: 'result' });
    expectAllBack(stage);
  });

  it('are not said to be as before by a profile that does not name them', async () => {
    const stage = await Stage.open({ faults: ['settings-lost-all'] });
    onTestFinished(() => stage.end());
    await stage.connect();
    await stage.flash(({ phase }) => {
      if (phase === 'confirm') stage.kill();
    });
    await stage.choose('lean-codebox');
    await stage.startProgram();
    const again = await stage.connect();
    const settled = again.kind === 'result' ? again.result.settledFlash : null;
    expect(settled).toMatchObject({
      verdict: 'not-trading',
      state: { key: 'flash_state_settings_differ' },
      settings: { compared: 2, restored: ['payment.terminalNumber', 'qr.mode'] },
    });
    expect(settled?.settings?.failed).toContain('payment.merchantNumber');
  });

  it('are told anew in the case, where the next connection could put back all but one', async () => {
    const specs = settingSpecs as Record<string, SettingSpec>;
    const channel = specs['pay/channel'];
    if (!channel) throw new Error('the box has no such setting');
    // Only a write asks what is accepted, and before the update there is none.
    specs['pay/channel'] = { ...channel, accepts: /^test$/ };
    onTestFinished(() => void (specs['pay/channel'] = channel));
    const stage = await Stage.open({ faults: ['settings-lost-all'] });
    onTestFinished(() => stage.end());
    await stage.connect();
    pullAtWrite(stage, 2);
    const cut = await stage.flash();
    expect(cut).toMatchObject({ result: { verdict: 'not-trading' } });
    await backAgain(stage);
    const caseId = cut.kind === 'result' ? cut.result.caseId : '';
    const asked = stage.program?.bridge.request('getCase', { caseId });
    const { events } = await stage.bench.time.run(asked ?? Promise.reject(new Error('no program')));
    const failed = events.flatMap((event) =>
      event.kind === 'flash' ? [event.flash.settings?.failed.length] : [],
    );
    expect(failed).toEqual([11, 1]);
  });
});
