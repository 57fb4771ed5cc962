/**
 * A flash never lies: what goes wrong on the way, and what is then said of the terminal. Under
 * virtual time, over boxes in this process; flash-proof.test.ts goes over real sockets.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Bridge } from '../../native-bridge/bridge.ts';
import type { FlashPlan, FlashResult } from '../../native-bridge/contract/firmware.ts';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import { trainingFirmware } from '../../native-bridge/operations/entry-points.ts';
import { parseOptions } from '../../native-bridge/simulators/codebox/options.ts';
import type { Simulator } from '../../native-bridge/simulators/codebox/simulator.ts';
import { VirtualBench } from '../support/virtual-bench.ts';

vi.setConfig({ testTimeout: 60_000 });
const impatient = fileURLToPath(new URL('../fixtures/profiles/short-swap.yaml', import.meta.url));

interface Prepared {
  readonly bench: VirtualBench;
  readonly bridge: Bridge;
  readonly simulator: Simulator;
  readonly terminalId: string;
  readonly portUrl: string;
  readonly fileId: string;
}

/** A connected box that is due its update; the fault begins only then. */
async function prepare(fault: string | null): Promise<Prepared> {
  const bench = new VirtualBench();
  onTestFinished(() => bench.end());
  const older = trainingFirmware('codebox-1.9.9-older.bin');
  const { firmware } = parseOptions(['--firmware', older], false);
  const box = await bench.box('a', { slotSize: 0x80000, firmware });
  const { bridge } = await bench.start();
  const work = async (): Promise<Prepared> => {
    const profileFileId = (await bridge.registerFile(impatient)).fileId;
    const { id } = await bridge.request('connect', { portUrl: box.url, profileFileId });
    const { fileId } = await bridge.registerFile(trainingFirmware('codebox-2.0.0.bin'));
    if (fault !== null) box.simulator.setFault(fault, true);
    const { simulator, url: portUrl } = box;
    return { bench, bridge, simulator, terminalId: id, portUrl, fileId };
  };
  return await bench.time.run(work());
}

async function plan({ bench, bridge, terminalId, fileId }: Prepared): Promise<FlashPlan> {
  return await bench.time.run(bridge.request('planFlash', { terminalId, fileId }));
}

async function flash(
  prepared: Prepared,
  options: { signal?: AbortSignal; onProgress?: (step: Progress<'flash'>) => void } = {},
): Promise<FlashResult> {
  const { bench, bridge, terminalId, fileId } = prepared;
  const acceptedSha256 = (await plan(prepared)).image.fileSha256;
  const asked = { terminalId, fileId, acceptedSha256 };
  return await bench.time.run(bridge.request('flash', asked, options));
}

describe('a flash', () => {
  it.each([
    'split-bytes',
    'log-noise',
    'slow-erase',
    'drops-fragments',
    'reset-mid-upload',
    'power-lost-mid-upload',
    'power-lost-in-swap',
    'battery-drop',
  ])('gets through %s', async (fault) => {
    expect(await flash(await prepare(fault))).toMatchObject({
      verdict: 'done',
      runningVersion: '2.0.0',
      confirmed: true,
    });
  });

  it('gives up an upload that never advances, and names what still runs', async () => {
    expect(await flash(await prepare('wrong-offset-storm'))).toMatchObject({
      verdict: 'nothing-changed',
      failedPhase: 'upload',
      fault: { code: 'upload-stalled' },
      runningVersion: '1.9.9',
    });
  });

  it('says that it does not know when the cable is pulled, and goes on where it was afterwards', async () => {
    const prepared = await prepare('cable-pulled-mid-upload');
    const cut = await flash(prepared);
    expect(cut).toMatchObject({ verdict: 'unknown', fault: { code: 'port-vanished' } });
    expect(cut.sentBytes).toBeGreaterThan(0);

    const { bench, bridge, portUrl } = prepared;
    await bench.time.pass(5_000);
    const { fileId } = await bench.time.run(bridge.registerFile(impatient));
    const again = { portUrl, profileFileId: fileId };
    await bench.time.run(bridge.request('connect', again));
    const offsets: number[] = [];
    const onProgress = ({ sentBytes }: Progress<'flash'>) => {
      if (sentBytes !== null && sentBytes > 0) offsets.push(sentBytes);
    };
    expect(await flash(prepared, { onProgress })).toMatchObject({ verdict: 'done' });
    expect(offsets[0]).toBeGreaterThanOrEqual(cut.sentBytes);
  });

  it('that the cable cut off is what the terminal says of itself while it is away', async () => {
    const prepared = await prepare('cable-pulled-mid-upload');
    await flash(prepared);
    const { bench, bridge, terminalId } = prepared;
    const stop = new AbortController();
    const shown = new Promise<Progress<'watchTerminals'>>((resolve) => {
      const options = { signal: stop.signal, onProgress: resolve };
      bridge.request('watchTerminals', {}, options).catch(() => undefined);
    });
    const { terminals } = await bench.time.run(shown);
    stop.abort();
    expect(terminals.find(({ id }) => id === terminalId)).toMatchObject({
      connected: false,
      interrupted: { key: 'interrupted_flashing' },
    });
  });

  it('does not call a slow swap a failure: it is not known yet', async () => {
    expect(await flash(await prepare('swap-slow'))).toMatchObject({
      verdict: 'unknown',
      state: { key: 'flash_state_not_back' },
      next: { key: 'flash_next_wait' },
    });
  });

  it('does not call a terminal that never came back anything but unknown', async () => {
    expect(await flash(await prepare('dead-after-swap'))).toMatchObject({ verdict: 'unknown' });
  });

  it('sees that the boot loader kept the old image', async () => {
    expect(await flash(await prepare('boots-old-image'))).toMatchObject({
      verdict: 'nothing-changed',
      state: { key: 'flash_state_not_swapped' },
      runningVersion: '1.9.9',
    });
  });

  it('does not take another device on the port for the terminal', async () => {
    expect(await flash(await prepare('other-device-after-swap'))).toMatchObject({
      verdict: 'unknown',
      fault: { code: 'terminal-replaced', facts: { found: 'CB2025039999' } },
    });
  });

  it('goes back and proves it where the confirmation does not hold', async () => {
    expect(await flash(await prepare('confirm-ignored'))).toMatchObject({
      verdict: 'reverted',
      failedPhase: 'confirm',
      runningVersion: '1.9.9',
      confirmed: true,
    });
  });

  it('is undone by a boot loader that only claimed to have confirmed: the next visit shows it', async () => {
    const prepared = await prepare('confirm-claimed');
    expect(await flash(prepared)).toMatchObject({ verdict: 'done', runningVersion: '2.0.0' });
    const { bench, bridge, simulator, portUrl, terminalId } = prepared;
    await bench.time.run(bridge.request('disconnect', { terminalId }));
    simulator.reset();
    await bench.time.pass(30_000);
    const { identity } = await bench.time.run(bridge.request('connect', { portUrl }));
    expect(identity.firmwareVersion).toBe('1.9.9');
  });

  it('is cancelled within the upload, and the terminal still runs what it ran', async () => {
    const stop = new AbortController();
    const result = await flash(await prepare(null), {
      signal: stop.signal,
      onProgress: ({ sentBytes }) => {
        if (sentBytes !== null && sentBytes > 0) stop.abort();
      },
    });
    expect(result).toMatchObject({
      verdict: 'nothing-changed',
      fault: { code: 'cancelled' },
      runningVersion: '1.9.9',
    });
  });

  it('refuses a file that is not the one the plan was accepted for', async () => {
    const prepared = await prepare(null);
    const { bench, bridge, terminalId, fileId } = prepared;
    const asked = { terminalId, fileId, acceptedSha256: 'another' };
    await expect(bench.time.run(bridge.request('flash', asked))).rejects.toMatchObject({
      fault: { code: 'file-changed' },
    });
  });

  it.each([
    ['unsettled-transactions', ['unsettled', 'unsent']],
    ['battery-low', ['battery-low']],
  ])('is stopped by %s before anything is touched', async (fault, blockers) => {
    const prepared = await prepare(fault);
    expect((await plan(prepared)).blockers.map((b) => b.code)).toEqual(blockers);
    await expect(flash(prepared)).rejects.toMatchObject({ fault: { code: 'flash-blocked' } });
  });

  it.each([
    ['codebox-1.9.9-older.bin', ['already-installed']],
    ['codebox-2.2.0-other-key.bin', ['image-refused', 'not-admitted']],
    ['bad-payload-bit.bin', ['image-refused']],
    ['ecdsa-p256-1.1.0+7.bin', ['image-older', 'not-admitted']],
  ])('of %s is blocked, all reasons at once', async (name, blockers) => {
    const prepared = await prepare(null);
    const path = fileURLToPath(new URL(`../fixtures/firmware/${name}`, import.meta.url));
    const { fileId } = await prepared.bench.time.run(prepared.bridge.registerFile(path));
    const { blockers: found } = await plan({ ...prepared, fileId });
    expect(found.map((blocker) => blocker.code)).toEqual(blockers);
  });

  it('signed with a key that only a profile from elsewhere names needs that key accepted', async () => {
    const prepared = await prepare(null);
    const { bench, bridge, portUrl, terminalId } = prepared;
    const own = fileURLToPath(new URL('../fixtures/profiles/own-key.yaml', import.meta.url));
    const image = fileURLToPath(
      new URL('../fixtures/firmware/codebox-2.2.0-other-key.bin', import.meta.url),
    );
    const other = async (): Promise<string> => {
      await bridge.request('disconnect', { terminalId });
      const profileFileId = (await bridge.registerFile(own)).fileId;
      await bridge.request('connect', { portUrl, profileFileId });
      return (await bridge.registerFile(image)).fileId;
    };
    const fileId = await bench.time.run(other());
    const { blockers } = await plan({ ...prepared, fileId });
    const blocker = blockers.find(({ code }) => code === 'key-unaccepted');
    expect(blocker).toMatchObject({ allowable: true, text: { facts: { key: 'own' } } });
    expect(blocker?.text.facts['fingerprint']).toMatch(/^[0-9a-f]{64}$/);
  });
});
