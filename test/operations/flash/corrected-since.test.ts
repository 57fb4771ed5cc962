/** A flash that follows one which stayed open puts back what was lost, and nothing that was corrected since. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeImage } from '../../../native-bridge/simulators/codebox/boot/make-image.ts';
import {
  settingSpecs,
  type SettingSpec,
} from '../../../native-bridge/simulators/codebox/terminal/settings.ts';
import { Stage } from './stage.ts';

/** A flash that lost every setting, and could put back all but the channel: it stays open. */
async function settingsFailed(): Promise<Stage> {
  const specs = settingSpecs as Record<string, SettingSpec>;
  const kept = specs['pay/channel'];
  if (!kept) throw new Error('the box has no such setting');
  // Only a write asks what is accepted, and before the update there is none.
  specs['pay/channel'] = { ...kept, accepts: /^test$/ };
  const stage = await Stage.open({ faults: ['settings-lost-all'] });
  onTestFinished(async () => {
    specs['pay/channel'] = kept;
    await stage.end();
  });
  await stage.connect();
  expect(await stage.flash()).toMatchObject({
    result: { verdict: 'not-trading', settings: { failed: ['payment.channel'] } },
  });
  return stage;
}

async function correct({ bench, program, terminalId }: Stage, value: string): Promise<void> {
  const changes = [{ key: 'payment.terminalNumber', value }];
  const asked = program?.bridge.request('applySettings', { terminalId, changes });
  if (!asked) throw new Error('no program runs');
  expect(await bench.time.run(asked)).toMatchObject({ outcome: 'applied' });
}

async function undo({ bench, program, terminalId }: Stage): Promise<void> {
  const asked = program?.bridge.request('undoCorrection', { terminalId });
  if (!asked) throw new Error('no program runs');
  expect(await bench.time.run(asked)).toMatchObject({ outcome: 'undone' });
}

async function anotherImage(stage: Stage): Promise<void> {
  const { bench, program, imageFile } = stage;
  writeFileSync(imageFile, makeImage({ major: 2, minor: 0, revision: 1, build: 0 }, 6_400));
  if (!program) throw new Error('no program runs');
  stage.fileId = (await bench.time.run(program.bridge.registerFile(imageFile))).fileId;
}

async function restartProgram(stage: Stage): Promise<void> {
  stage.kill();
  await stage.bench.time.pass(5_000);
  await stage.startProgram();
}

const terminalNumber = ({ truth }: Stage) => truth.settings['pay/tid'];

describe('a setting that was corrected after a flash that stayed open', () => {
  it('keeps its value when another image is flashed, and what that loses is put back', async () => {
    const stage = await settingsFailed();
    await correct(stage, '77777777');
    await anotherImage(stage);
    expect(await stage.flash()).toMatchObject({ result: { runningVersion: '2.0.1' } });
    expect(terminalNumber(stage)).toBe('77777777');
    expect(stage.truth.settings['pay/mid']).toBe(stage.settingsBefore['pay/mid']);
  });

  it('keeps its value when the open flash is looked at again', async () => {
    const stage = await settingsFailed();
    await correct(stage, '77777777');
    await restartProgram(stage);
    expect(await stage.connect()).toMatchObject({ result: { settledFlash: { corrects: true } } });
    expect(terminalNumber(stage)).toBe('77777777');
  });

  it('keeps its value where the next flash begins in the boot loader', async () => {
    const stage = await settingsFailed();
    await correct(stage, '77777777');
    stage.box.setFault('boot-pin-held', true);
    stage.box.reset();
    await restartProgram(stage);
    await anotherImage(stage);
    expect(await stage.connect()).toMatchObject({ result: { bootLoader: true } });
    stage.box.setFault('boot-pin-held', false);
    expect(await stage.flash()).toMatchObject({ result: { runningVersion: '2.0.1' } });
    expect(terminalNumber(stage)).toBe('77777777');
  });

  it('has its first value where the correction was undone', async () => {
    const stage = await settingsFailed();
    await correct(stage, '77777777');
    await undo(stage);
    await anotherImage(stage);
    expect(await stage.flash()).toMatchObject({ result: { runningVersion: '2.0.1' } });
    expect(terminalNumber(stage)).toBe(stage.settingsBefore['pay/tid']);
  });
});
