/** Another version after one that left the terminal without an application: its settings stay its own. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeImage } from '../../../native-bridge/simulators/codebox/boot/make-image.ts';
import { hashes, Stage } from './stage.ts';

describe('another version, flashed in recovery after a flash that left no application', () => {
  it('gets the settings back that were backed up when the application last ran', async () => {
    const stage = await Stage.open({ bootloaderMode: 'overwrite-only' });
    onTestFinished(() => stage.end());
    await stage.connect();
    const { box } = stage;
    const before = stage.settingsBefore;
    box.setFault('dead-after-swap', true);
    box.setFault('settings-lost-some', true);
    const first = await stage.flash();
    expect(first).toMatchObject({ kind: 'result', result: { verdict: 'unknown' } });
    box.setFault('dead-after-swap', false);
    box.setFault('boot-pin-held', true);
    box.repower();

    const other = makeImage({ major: 2, minor: 0, revision: 1, build: 0 }, 6_400);
    writeFileSync(stage.imageFile, other);
    stage.kill();
    await stage.bench.time.pass(5_000);
    await stage.startProgram();
    expect(await stage.connect()).toMatchObject({ kind: 'result', result: { bootLoader: true } });
    box.setFault('boot-pin-held', false);
    const second = await stage.flash();
    expect(second).toMatchObject({
      kind: 'result',
      result: {
        verdict: 'done',
        runningVersion: '2.0.1',
        settings: { restored: ['payment.terminalNumber', 'qr.mode'], failed: [] },
      },
    });
    expect(stage.truth.active?.hash).not.toBe(hashes.target);
    expect(stage.truth.settings['pay/tid']).toBe(before['pay/tid']);
  });
});
