/** Nothing is written to a terminal that could say who it is and does not, nor to one only like it. */
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Progress } from '../../../native-bridge/contract/requests.ts';
import type { Terminal } from '../../../native-bridge/contract/terminal.ts';
import {
  settingSpecs,
  type SettingSpec,
} from '../../../native-bridge/simulators/codebox/terminal/settings.ts';
import { hashes, Stage, type StageOptions } from './stage.ts';
import { liesIn } from './truth.ts';

const specs = settingSpecs as Record<string, SettingSpec>;
const number = specs['sys/sn'];
if (!number) throw new Error('the box has no serial number');
afterEach(() => {
  specs['sys/sn'] = number;
});

/** From now on the box refuses to tell its serial number. */
function refuseNumber(): void {
  specs['sys/sn'] = { ...(number as SettingSpec), secret: true };
}

async function connected(options: StageOptions = {}): Promise<Stage> {
  const stage = await Stage.open(options);
  onTestFinished(() => stage.end());
  expect(await stage.connect()).toMatchObject({ kind: 'result' });
  return stage;
}

const tid = 'payment.terminalNumber';

describe('a terminal whose serial number can’t be read any more', () => {
  it('is not flashed', async () => {
    const stage = await connected();
    refuseNumber();
    expect(await stage.flash()).toMatchObject({ kind: 'fault', code: 'terminal-unproven' });
    expect(stage.truth.other?.hash ?? null).toBeNull();
    const { terminalId, program } = stage;
    const backups = program?.bridge.request('listBackups', { terminalId });
    expect(await stage.bench.time.run(backups ?? Promise.reject(new Error()))).toEqual({
      backups: [],
    });
  });

  it.each(['applySettings', 'undoCorrection', 'restoreSettings', 'backupSettings'] as const)(
    'is refused %s',
    async (name) => {
      const stage = await connected();
      const { terminalId, bench, program } = stage;
      if (!program) throw new Error('not started');
      const { bridge } = program;
      const change = (value: string) =>
        bridge.request('applySettings', { terminalId, changes: [{ key: tid, value }] });
      await bench.time.run(bridge.request('backupSettings', { terminalId }));
      await bench.time.run(change('12345678'));
      refuseNumber();
      const asked = {
        applySettings: () => change('87654321'),
        undoCorrection: () => bridge.request('undoCorrection', { terminalId }),
        restoreSettings: () => bridge.request('restoreSettings', { terminalId }),
        backupSettings: () => bridge.request('backupSettings', { terminalId }),
      };
      const tried = asked[name]().then(
        () => 'done',
        (error: unknown) => (error as { fault: { code: string } }).fault.code,
      );
      expect(await bench.time.run(tried)).toBe('terminal-unproven');
      expect(stage.truth.settings['pay/tid']).toBe('12345678');
    },
  );
});

/** Its application is dead, and its boot loader answers over the same open line. */
async function deadOnTheLine(stage: Stage): Promise<void> {
  stage.box.setFault('boot-pin-held', true);
  stage.box.reset();
  await stage.bench.time.pass(5_000);
  stage.box.setFault('boot-pin-held', false);
}

describe('a boot loader in the place of a terminal that was proven', () => {
  it('is only assumed to be it when it comes back, and proves itself after its flash', async () => {
    const stage = await connected({ bootloaderMode: 'overwrite-only' });
    const { box, bench, terminalId, program } = stage;
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    let seen: Terminal | undefined;
    const watch = {
      signal: stop.signal,
      onProgress: ({ terminals }: Progress<'watchTerminals'>) => {
        seen = terminals.find(({ id }) => id === terminalId);
      },
    };
    program?.bridge.request('watchTerminals', {}, watch).catch(() => undefined);
    await box.pull();
    await deadOnTheLine(stage);
    await box.plug();
    await bench.time.pass(15_000);
    expect(seen).toMatchObject({
      connected: true,
      bootLoader: true,
      identity: { basis: 'assumed', serialNumber: 'CB2025030017' },
    });
    expect(await stage.flash()).toMatchObject({ kind: 'result', result: { verdict: 'done' } });
    await bench.time.pass(2_000);
    expect(seen).toMatchObject({ identity: { basis: 'serial-number' } });
    expect(seen?.bootLoader).toBeUndefined();
  });

  it('is not taken for it where another one answers after the flash', async () => {
    const stage = await connected({ bootloaderMode: 'overwrite-only' });
    stage.exchange(true);
    await deadOnTheLine(stage);
    const ended = await stage.flash();
    expect(ended).toMatchObject({ kind: 'fault', code: 'terminal-replaced' });
  });

  it('that only holds the same old image is not said to need firmware', async () => {
    const stage = await connected();
    await stage.flash(({ phase, sentBytes }) => {
      if (phase === 'upload' && (sentBytes ?? 0) > 0) stage.kill();
    });
    await deadOnTheLine(stage);
    await stage.startProgram();
    const again = await stage.connect();
    const settled = again.kind === 'result' ? again.result.settledFlash : undefined;
    expect(settled).toMatchObject({
      verdict: 'unknown',
      state: { key: 'flash_state_boot_loader_unproven' },
      next: { key: 'flash_next_right_boot_loader' },
    });
    if (settled) expect(liesIn(settled, stage.truth, hashes)).toEqual([]);
    expect(await stage.flash()).toMatchObject({ result: { verdict: 'done' } });
  });
});
