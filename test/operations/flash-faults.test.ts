/** A flash never lies: what goes wrong on the way, and what is then said of the terminal. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { FlashPlan, FlashResult } from '../../native-bridge/contract/firmware.ts';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import { openBench, type Bench, updateFile } from '../support/bench.ts';

const impatient = fileURLToPath(new URL('../fixtures/profiles/short-swap.yaml', import.meta.url));
const waitMs = 60_000;

interface Prepared {
  readonly bench: Bench;
  readonly terminalId: string;
  readonly trainingId: string;
  readonly portUrl: string;
  readonly fileId: string;
}

/** A connected box; the fault begins only then. */
async function prepare(fault: string | null): Promise<Prepared> {
  const bench = await openBench();
  const { trainingId, portUrl } = await bench.bridge.request('startTraining', { baud: 0 });
  const profileFileId = (await bench.bridge.registerFile(impatient)).fileId;
  const { id } = await bench.bridge.request('connect', { portUrl, profileFileId });
  if (fault !== null)
    await bench.bridge.request('setTrainingFault', { trainingId, fault, on: true });
  return { bench, terminalId: id, trainingId, portUrl, fileId: await updateFile(bench) };
}

async function plan({ bench, terminalId, fileId }: Prepared): Promise<FlashPlan> {
  return await bench.bridge.request('planFlash', { terminalId, fileId });
}

async function flash(
  prepared: Prepared,
  options: { signal?: AbortSignal; onProgress?: (step: Progress<'flash'>) => void } = {},
): Promise<FlashResult> {
  const { bench, terminalId, fileId } = prepared;
  const acceptedSha256 = (await plan(prepared)).image.fileSha256;
  const asked = { terminalId, fileId, acceptedSha256 };
  return await bench.bridge.request('flash', asked, options);
}

describe('a flash', () => {
  it.each(['split-bytes', 'log-noise', 'slow-erase', 'drops-fragments', 'reset-mid-upload'])(
    'gets through %s',
    async (fault) => {
      expect(await flash(await prepare(fault))).toMatchObject({
        verdict: 'done',
        runningVersion: '2.0.0',
        confirmed: true,
      });
    },
    waitMs,
  );

  it('gives up an upload that never advances, and names what still runs', async () => {
    expect(await flash(await prepare('wrong-offset-storm'))).toMatchObject({
      verdict: 'nothing-changed',
      failedPhase: 'upload',
      fault: { code: 'upload-stalled' },
      runningVersion: '1.9.9',
    });
  });

  it(
    'says that it does not know when the cable is pulled, and goes on where it was afterwards',
    async () => {
      const prepared = await prepare('cable-pulled-mid-upload');
      const cut = await flash(prepared);
      expect(cut).toMatchObject({ verdict: 'unknown', fault: { code: 'port-vanished' } });
      expect(cut.sentBytes).toBeGreaterThan(0);

      const { bench, portUrl, trainingId } = prepared;
      await bench.bridge.request('setTrainingCable', { trainingId, plugged: true });
      const profileFileId = (await bench.bridge.registerFile(impatient)).fileId;
      await bench.bridge.request('connect', { portUrl, profileFileId });
      const offsets: number[] = [];
      const onProgress = ({ sentBytes }: Progress<'flash'>) => {
        if (sentBytes !== null && sentBytes > 0) offsets.push(sentBytes);
      };
      expect(await flash(prepared, { onProgress })).toMatchObject({ verdict: 'done' });
      expect(offsets[0]).toBeGreaterThanOrEqual(cut.sentBytes);
    },
    waitMs,
  );

  it(
    'does not call a slow swap a failure: it is not known yet',
    async () => {
      expect(await flash(await prepare('swap-slow'))).toMatchObject({
        verdict: 'unknown',
        state: { key: 'flash_state_not_back' },
        next: { key: 'flash_next_wait' },
      });
    },
    waitMs,
  );

  it(
    'does not call a terminal that never came back anything but unknown',
    async () => {
      expect(await flash(await prepare('dead-after-swap'))).toMatchObject({ verdict: 'unknown' });
    },
    waitMs,
  );

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

  it(
    'goes back and proves it where the confirmation does not hold',
    async () => {
      expect(await flash(await prepare('confirm-ignored'))).toMatchObject({
        verdict: 'reverted',
        failedPhase: 'confirm',
        runningVersion: '1.9.9',
        confirmed: true,
      });
    },
    waitMs,
  );

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
    const { bench, terminalId, fileId } = prepared;
    const asked = { terminalId, fileId, acceptedSha256: 'another' };
    await expect(bench.bridge.request('flash', asked)).rejects.toMatchObject({
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
    const { fileId } = await prepared.bench.bridge.registerFile(path);
    const { blockers: found } = await plan({ ...prepared, fileId });
    expect(found.map((blocker) => blocker.code)).toEqual(blockers);
  });

  it('signed with a key that only a profile from elsewhere names needs that key accepted', async () => {
    const prepared = await prepare(null);
    const { bench, portUrl, terminalId } = prepared;
    await bench.bridge.request('disconnect', { terminalId });
    const own = fileURLToPath(new URL('../fixtures/profiles/own-key.yaml', import.meta.url));
    const profileFileId = (await bench.bridge.registerFile(own)).fileId;
    await bench.bridge.request('connect', { portUrl, profileFileId });
    const image = fileURLToPath(
      new URL('../fixtures/firmware/codebox-2.2.0-other-key.bin', import.meta.url),
    );
    const { fileId } = await bench.bridge.registerFile(image);
    const { blockers } = await plan({ ...prepared, fileId });
    const blocker = blockers.find(({ code }) => code === 'key-unaccepted');
    expect(blocker).toMatchObject({ allowable: true, text: { facts: { key: 'own' } } });
    expect(blocker?.text.facts['fingerprint']).toMatch(/^[0-9a-f]{64}$/);
  });
});
