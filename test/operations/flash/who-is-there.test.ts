/** Nothing is written to a terminal that could say who it is and does not, nor to one only like it. */
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Progress } from '../../../native-bridge/contract/requests.ts';
import type { Terminal } from '../../../native-bridge/contract/terminal.ts';
import { trainingFirmware } from '../../../native-bridge/operations/entry-points.ts';
import { codebox } from '../../../native-bridge/simulators/codebox/models/codebox.ts';
import type { SettingSpec } from '../../../native-bridge/simulators/codebox/terminal/setting-spec.ts';
import { hashes, Stage, type StageOptions } from './stage.ts';
import { liesIn } from './truth.ts';

const specs = codebox.settings as Record<string, SettingSpec>;
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

  it('is not flashed where it holds nothing that the terminal held', async () => {
    const { bench } = await connected({ bootloaderMode: 'overwrite-only' });
    const { bridge } = await bench.start();
    const image = trainingFirmware('codebox-2.0.0.bin');
    const { ended, uploads } = await bench.time.run(
      (async () => {
        const flash = { slotSize: 0x80000, bootloaderMode: 'overwrite-only' } as const;
        const firmware = await readFile(trainingFirmware('codebox-1.9.9-older.bin'));
        const mine = await bench.box('mine', { ...flash, firmware, serialNumber: 'CB2025031111' });
        const stranger = await bench.box('stranger', { ...flash, serialNumber: 'CB2025039999' });
        const { id: terminalId } = await bridge.request('connect', { portUrl: mine.url });
        const { fileId } = await bridge.registerFile(image);
        const { image: accepted } = await bridge.request('planFlash', { terminalId, fileId });
        stranger.simulator.setFault('boot-pin-held', true);
        stranger.simulator.reset();
        await new Promise((resolve) => setTimeout(resolve, 5_000));
        bench.exchange('mine', 'stranger', true);
        const allow = ['no-way-back', 'battery-unknown'];
        const asked = { terminalId, fileId, allow, acceptedSha256: accepted.fileSha256 };
        const refused = await bridge.request('flash', asked).catch((error: unknown) => error);
        return { ended: refused, uploads: stranger.simulator.stats().uploads };
      })(),
    );
    expect(ended).toMatchObject({ fault: { code: 'terminal-unproven' } });
    expect(uploads).toEqual([]);
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

/** Sees the terminal as the window does. */
function watched({ program, terminalId }: Stage): () => Terminal | undefined {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  let seen: Terminal | undefined;
  const onProgress = ({ terminals }: Progress<'watchTerminals'>) => {
    seen = terminals.find(({ id }) => id === terminalId);
  };
  program?.bridge
    .request('watchTerminals', {}, { signal: stop.signal, onProgress })
    .catch(() => undefined);
  return () => seen;
}

/** Without its cable it starts its boot loader, which is then taken up again. */
async function backInBootLoader(stage: Stage): Promise<() => Terminal | undefined> {
  const seen = watched(stage);
  await stage.box.pull();
  await deadOnTheLine(stage);
  await stage.box.plug();
  await stage.bench.time.pass(15_000);
  expect(seen()).toMatchObject({ connected: true, identity: { basis: 'assumed' } });
  return seen;
}

function change({ bench, program, terminalId }: Stage, value: string): Promise<string> {
  const asked = { terminalId, changes: [{ key: tid, value }] };
  const work = program?.bridge.request('applySettings', asked).then(
    ({ outcome }) => outcome,
    (error: unknown) => (error as { fault: { code: string } }).fault.code,
  );
  return bench.time.run(work ?? Promise.reject(new Error('not started')));
}

describe('a terminal of which only the boot loader was seen for a while', () => {
  it('is written to as soon as its application says who it is, and is proven then', async () => {
    const stage = await connected();
    const seen = await backInBootLoader(stage);
    stage.box.reset();
    await stage.bench.time.pass(5_000);
    expect(await change(stage, '12345678')).toBe('applied');
    await stage.bench.time.pass(1_000);
    expect(seen()).toMatchObject({ identity: { basis: 'serial-number' } });
  });

  it('is not written to where an application answers without its number', async () => {
    const stage = await connected();
    await backInBootLoader(stage);
    refuseNumber();
    stage.box.reset();
    await stage.bench.time.pass(5_000);
    expect(await change(stage, '12345678')).toBe('terminal-unproven');
    expect(stage.truth.settings['pay/tid']).toBe(stage.settingsBefore['pay/tid']);
  });

  it('is not written to either where the records alone know its number', async () => {
    const stage = await connected();
    stage.kill();
    await deadOnTheLine(stage);
    await stage.startProgram();
    expect(await stage.connect()).toMatchObject({
      result: { bootLoader: true, identity: { basis: 'assumed', serialNumber: 'CB2025030017' } },
    });
    refuseNumber();
    stage.box.reset();
    await stage.bench.time.pass(5_000);
    expect(await change(stage, '12345678')).toBe('terminal-unproven');
    expect(stage.truth.settings['pay/tid']).toBe(stage.settingsBefore['pay/tid']);
  });

  it('is left alone where an application comes back without its number', async () => {
    const stage = await connected();
    const seen = await backInBootLoader(stage);
    await stage.box.pull();
    refuseNumber();
    stage.box.reset();
    await stage.box.plug();
    await stage.bench.time.pass(15_000);
    expect(seen()).toMatchObject({ connected: false });
    expect(await change(stage, '12345678')).not.toBe('applied');
  });

  it('is proven by the number it comes back with, and what was cut off is settled', async () => {
    const stage = await connected();
    const { bench, box } = stage;
    // Pulled as the value is written.
    bench.tap(stage.url, ({ header: { group, operation } }) => {
      if (group === 3 && operation === 'write') void box.pull();
      return false;
    });
    expect(await change(stage, '12345678')).toBe('partly-applied');
    bench.tap(stage.url, () => false);
    const seen = await backInBootLoader(stage);
    expect(seen()?.unfinished).toMatchObject({ state: 'waiting' });
    await box.pull();
    box.reset();
    await box.plug();
    await bench.time.pass(15_000);
    expect(seen()).toMatchObject({
      connected: true,
      identity: { basis: 'serial-number' },
      unfinished: { state: 'settled' },
    });
  });

  it('is not said to be flashed where the new firmware keeps its number to itself', async () => {
    const stage = await connected({ bootloaderMode: 'overwrite-only' });
    await backInBootLoader(stage);
    refuseNumber();
    expect(await stage.flash()).toMatchObject({
      result: { verdict: 'unknown', state: { key: 'flash_state_unrecognised' } },
    });
  });

  it.each(['', '  '])('is not called another one where its number is gone: %j', async (gone) => {
    const { other } = codebox;
    onTestFinished(() => void Object.assign(codebox, { other }));
    Object.assign(codebox, { other: { ...other, serialNumber: gone } });
    const stage = await connected({ faults: ['other-device-after-swap'] });
    expect(await stage.flash()).toMatchObject({
      result: { verdict: 'unknown', state: { key: 'flash_state_unconfirmed' } },
    });
    expect(await change(stage, '12345678')).toBe('terminal-unproven');
  });
});
