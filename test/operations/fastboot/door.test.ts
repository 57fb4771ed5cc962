/** A terminal in its boot loader is connected through fastboot, and known by its serial number. */
import { expect, it } from 'vitest';
import { startTerminal } from '../../simulators/android/terminal.ts';
import { openBench } from '../../support/bench.ts';

async function bootLoader(...args: readonly string[]) {
  const terminal = await startTerminal('--mode', 'bootloader', ...args);
  const { fastboot } = terminal.simulator.addresses() as { readonly fastboot: string };
  return { terminal, portUrl: `fastboot://${fastboot}` };
}

it('says which terminal it is, and that no application runs', async () => {
  const { bridge } = await openBench();
  const { portUrl } = await bootLoader();
  const terminal = await bridge.request('connect', { portUrl });
  expect(terminal).toMatchObject({ bootLoader: true, portUrl });
  expect(terminal.identity).toMatchObject({
    serialNumber: 'PBN9A3250117',
    basis: 'serial-number',
    firmwareVersion: null,
  });
});

it('is the terminal that was there before through ADB', async () => {
  const { bridge } = await openBench();
  const { terminal, portUrl } = await bootLoader('--mode', 'system');
  const system = await bridge.request('connect', { portUrl: `adb://${terminal.adb}` });
  await terminal.control({ reboot: 'bootloader' });
  await expect.poll(() => terminal.events.at(-1)).toEqual({ event: 'mode', mode: 'bootloader' });
  const again = await bridge.request('connect', { portUrl });
  expect(again).toMatchObject({ id: system.id, profile: system.profile, bootLoader: true });
  expect(again.identity.model).toBe(system.identity.model);
});

it('tells no reading, and why', async () => {
  const { bridge } = await openBench();
  const { portUrl } = await bootLoader();
  const { id: terminalId } = await bridge.request('connect', { portUrl });
  const { readings } = await bridge.request('readTerminal', {
    terminalId,
    names: ['battery.levelPercent'],
  });
  expect(readings[0]?.failure).toMatchObject({
    code: 'door-unfit',
    facts: { door: 'fastboot', needs: 'ADB' },
  });
});

it('something else at that port is no boot loader', async () => {
  const { bridge } = await openBench();
  const terminal = await startTerminal();
  const wrong = bridge.request('connect', { portUrl: `fastboot://${terminal.adb}` });
  await expect(wrong).rejects.toMatchObject({ fault: { code: expect.any(String) as string } });
});
