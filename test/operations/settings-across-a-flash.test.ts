/** The settings that an update loses are put back, also after a revert; secrets are named. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FlashResult } from '../../native-bridge/contract/firmware.ts';
import { trainingFirmware } from '../../native-bridge/operations/entry-points.ts';
import {
  settingSpecs,
  type SettingSpec,
} from '../../native-bridge/simulators/codebox/terminal/settings.ts';
import { VirtualBench } from '../support/virtual-bench.ts';

vi.setConfig({ testTimeout: 60_000 });

const open = new Set<VirtualBench>();
afterEach(async () => {
  for (const bench of open) await bench.end();
  open.clear();
});

/** The flash's result, and what the settings are after it, by their names in the profile. */
async function flashed(faults: readonly string[]) {
  const bench = new VirtualBench();
  open.add(bench);
  const { url } = await bench.box('a', { slotSize: 0x80000, faults });
  const { bridge } = await bench.start();
  const run = async () => {
    const { id: terminalId } = await bridge.request('connect', { portUrl: url });
    const { rows: before } = await bridge.request('readSettings', { terminalId });
    const { fileId } = await bridge.registerFile(trainingFirmware('codebox-2.0.0.bin'));
    const asked = { terminalId, fileId };
    const { image, blockers } = await bridge.request('planFlash', asked);
    expect(blockers).toEqual([]);
    const accepted = { ...asked, acceptedSha256: image.fileSha256 };
    const result: FlashResult = await bridge.request('flash', accepted);
    const { rows } = await bridge.request('readSettings', { terminalId });
    const { corrections } = await bridge.request('listCorrections', { terminalId });
    const values = (list: typeof rows) =>
      Object.fromEntries(list.map(({ key, current }) => [key, current]));
    return { result, before: values(before), after: values(rows), rows, corrections };
  };
  return await bench.time.run(run());
}

describe('settings across a flash', () => {
  it('that loses none: all are compared, none is restored, no secret is to be re-entered', async () => {
    const { result, before, after } = await flashed([]);
    expect(result).toMatchObject({
      verdict: 'done',
      settings: { compared: 19, restored: [], failed: [], reenter: [], fault: null },
    });
    expect(after).toEqual(before);
  });

  it('that loses some: they are as before, and the secret is named', async () => {
    const { result, before, after, corrections } = await flashed(['settings-lost-some']);
    expect(result).toMatchObject({
      verdict: 'done',
      settings: {
        restored: ['payment.terminalNumber', 'qr.mode'],
        failed: [],
        reenter: ['wifi.password'],
      },
    });
    expect(after).toEqual(before);
    expect(corrections).toMatchObject([
      { outcome: 'applied', backupId: expect.any(String) as string },
    ]);
  });

  it('that loses all: they are as before', async () => {
    const { result, before, after } = await flashed(['settings-lost-all']);
    expect(result).toMatchObject({ verdict: 'done', settings: { failed: [] } });
    expect(result.settings?.restored).toContain('network.paymentHost');
    expect(after).toEqual(before);
  });

  it('that is reverted, and the way back loses all: they are as before', async () => {
    const { result, before, after } = await flashed([
      'battery-unreadable-after-swap',
      'settings-lost-by-revert',
    ]);
    expect(result.verdict).toBe('reverted');
    expect(result.settings?.restored).toContain('payment.merchantNumber');
    expect(result.settings?.reenter).toEqual(['wifi.password']);
    expect(after).toEqual(before);
  });

  it('whose new firmware refuses one: that one is said to have failed, the rest is as before', async () => {
    const specs = settingSpecs as Record<string, SettingSpec>;
    const kept = specs['pay/channel'];
    if (!kept) throw new Error('the box has no such setting');
    // Only a write asks what is accepted, and before the update there is none.
    specs['pay/channel'] = { ...kept, accepts: /^test$/ };
    try {
      const { result, before, after } = await flashed(['settings-lost-all']);
      expect(result).toMatchObject({
        verdict: 'not-trading',
        settings: { failed: ['payment.channel'] },
      });
      expect(after).toEqual({ ...before, 'payment.channel': 'test' });
    } finally {
      specs['pay/channel'] = kept;
    }
  });

  it('that could not be read before are named, and the rest is compared', async () => {
    const specs = settingSpecs as Record<string, SettingSpec>;
    const kept = specs['pay/channel'];
    if (!kept) throw new Error('the box has no such setting');
    specs['pay/channel'] = { ...kept, secret: true };
    try {
      const { result } = await flashed([]);
      expect(result).toMatchObject({
        verdict: 'done',
        settings: { compared: 18, unread: ['payment.channel'], failed: [] },
      });
    } finally {
      specs['pay/channel'] = kept;
    }
  });

  it('are in the last backup, which the table shows beside them', async () => {
    const { rows } = await flashed(['settings-lost-some']);
    const mode = rows.find(({ key }) => key === 'qr.mode');
    expect(mode?.backup).toMatchObject({ value: 'dynamic', differs: false });
    expect(rows.find(({ key }) => key === 'wifi.password')?.backup).toBeNull();
  });
});
