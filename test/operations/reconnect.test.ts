/** Connecting again: with other values, on another port, while it is worked on. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectBox, openBench, updateFile } from '../support/bench.ts';
import { TappedLine } from '../support/tapped-line.ts';

describe('connecting again', () => {
  it('takes the merchant file that is given then', async () => {
    const bench = await openBench();
    const { bridge, dataFolder } = bench;
    const { portUrl } = await connectBox(bench);
    const path = join(dataFolder, 'merchant.yaml');
    const file = "format: 1\nmerchant: Other\nsettings:\n  payment.terminalNumber: '87654321'\n";
    await writeFile(path, file);
    const merchantFileId = (await bridge.registerFile(path)).fileId;
    const { id } = await bridge.request('connect', { portUrl, merchantFileId });
    const { rows } = await bridge.request('readSettings', { terminalId: id });
    expect(rows.find((row) => row.key === 'payment.terminalNumber')?.expected).toBe('87654321');
  });

  it('with a profile that does not exist keeps what is connected', async () => {
    const bench = await openBench();
    const { portUrl, terminal } = await connectBox(bench);
    await expect(
      bench.bridge.request('connect', { portUrl, profile: 'no-such-profile' }),
    ).rejects.toMatchObject({ fault: { code: 'profile-missing' } });
    const { rows } = await bench.bridge.request('readSettings', { terminalId: terminal.id });
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each([
    ['at-900', 'zephyr-generic', { door: 'ADB', needs: 'SMP' }],
    ['codebox', 'android-generic', { door: 'SMP', needs: 'ADB' }],
  ] as const)(
    'to %s with the profile %s is refused: it has another door',
    async (model, profile, facts) => {
      const { bridge } = await openBench();
      const { portUrl } = await bridge.request('startTraining', { baud: 0, model });
      await expect(bridge.request('connect', { portUrl, profile })).rejects.toMatchObject({
        fault: { code: 'door-unfit', facts },
      });
      expect((await bridge.request('connect', { portUrl })).connected).toBe(true);
    },
  );

  it('finds the terminal that was moved to another port', async () => {
    const bench = await openBench();
    const { bridge } = bench;
    const { portUrl } = await bridge.request('startTraining', { baud: 0 });
    const first = await TappedLine.to(portUrl);
    const { id } = await bridge.request('connect', { portUrl: first.url });
    await first.hungUp();
    const second = await TappedLine.to(portUrl);
    expect((await bridge.request('connect', { portUrl: second.url })).id).toBe(id);
  });

  it('does not take the line from a flash', async () => {
    const bench = await openBench();
    const { bridge } = bench;
    const { portUrl, terminal } = await connectBox(bench);
    const asked = { terminalId: terminal.id, fileId: await updateFile(bench) };
    const { image } = await bridge.request('planFlash', asked);
    const stop = new AbortController();
    const tries: Promise<unknown>[] = [];
    const onProgress = () => {
      if (tries.length > 0) return;
      const again = bridge.request('connect', { portUrl, profile: 'training-codebox' });
      tries.push(again.catch((error: unknown) => error).finally(() => stop.abort()));
    };
    const flash = { ...asked, acceptedSha256: image.fileSha256 };
    await bridge
      .request('flash', flash, { onProgress, signal: stop.signal })
      .catch(() => undefined);
    expect(await tries[0]).toMatchObject({ fault: { code: 'terminal-busy' } });
  });

  it('is tried by one loop, however many windows watch', async () => {
    const bench = await openBench();
    const { bridge } = bench;
    const { portUrl } = await bridge.request('startTraining', { baud: 0 });
    const line = await TappedLine.to(portUrl);
    await bridge.request('connect', { portUrl: line.url });
    const stop = new AbortController();
    const { signal } = stop;
    const back = new Promise<void>((resolve) => {
      let wasGone = false;
      const onProgress = ({ terminals }: { terminals: { connected: boolean }[] }) => {
        wasGone ||= terminals[0]?.connected === false;
        if (wasGone && terminals[0]?.connected === true) resolve();
      };
      for (const _window of [1, 2, 3]) {
        bridge.request('watchTerminals', {}, { signal, onProgress }).catch(() => undefined);
      }
    });
    line.hangUp();
    await back;
    expect(line.hosts).toBe(2);
    stop.abort();
  });
});
