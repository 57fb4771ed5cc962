/** What a shell may set, by Android's version, and when it counts. */
import { expect, test } from 'vitest';
import { runScript } from './shell.ts';
import { startTerminal } from './terminal.ts';

test('a VPN that a shell makes always on is up after a restart, not before', async () => {
  const { simulator } = await startTerminal('--fault', 'vpn-off');
  const { device } = simulator;
  await runScript(
    device,
    'settings put secure always_on_vpn_app com.posbench.north.tunnel; settings put secure always_on_vpn_lockdown 1',
  );
  expect(device.vpn).toEqual({ up: null, alwaysOn: null, lockdown: false });
  await simulator.reboot('');
  const up = 'com.posbench.north.tunnel';
  await expect.poll(() => device.vpn).toEqual({ up, alwaysOn: up, lockdown: true });
});

test.each([
  ['at-700', 'cmd alarm set-timezone Asia/Tokyo', '', 'No shell command implementation.\n', 0],
  ['at-700', 'svc wifi disable', '', 'Killed\n', 137],
  ['at-900', 'cmd alarm set-timezone Nowhere/Land', '', '', 0],
  [
    'at-900',
    'cmd alarm set-timezone',
    'java.lang.IllegalArgumentException: Argument expected after "set-timezone"\n',
    '',
    255,
  ],
  ['at-900', 'setprop persist.sys.timezone UTC', '', /^Failed to set property/, 1],
])('on %s, %s', async (model, script, out, err, code) => {
  const { simulator } = await startTerminal('--model', model);
  const said = await runScript(simulator.device, script);
  expect(said).toMatchObject({ out, code });
  expect(said.err).toMatch(err);
});

test('a zone that Android does not know becomes GMT, without a word', async () => {
  const { simulator } = await startTerminal();
  const { device } = simulator;
  await runScript(device, 'cmd alarm set-timezone Asia/Peking');
  expect((await runScript(device, 'getprop persist.sys.timezone')).out).toBe('GMT\n');
});
