/** Each fault shows somewhere in what the terminal says, and goes away as its list says. */
import { describe, expect, test } from 'vitest';
import { faults } from '../../../native-bridge/simulators/android/faults.ts';
import { models } from '../../../native-bridge/simulators/android/models/index.ts';
import {
  modelNames,
  type ModelName,
} from '../../../native-bridge/simulators/android/models/model.ts';
import { runScript } from './shell.ts';
import { startTerminal } from './terminal.ts';

const everything = `
for s in battery wifi connectivity telephony.registry package deviceidle vpn_management; do
  dumpsys $s
done
for t in global secure; do settings list $t; done
getprop
df
date +%F
date +%H
cat /sys/class/power_supply/battery/cycle_count
pm list packages -f
ping -c 10 -i 0.001 pay.posbench.test
`;

async function said(model: ModelName, ...names: readonly string[]): Promise<string> {
  const { simulator } = await startTerminal('--model', model);
  for (const name of names) simulator.setFault(name, true);
  const { device } = simulator;
  const status =
    model === 'at-900'
      ? 'content query --uri content://com.posbench.north.params/status; content query --uri content://com.posbench.north.params/merchant'
      : 'dumpsys pbe_terminal';
  const { out, err } = await runScript(device, `${everything}${status}`);
  // What differs from one moment to the next.
  return `${out}${err}`.replace(/NTP cache age: \d+/g, '');
}

describe.each(modelNames)('%s', (model) => {
  const own = faults.filter((fault) => {
    const able: readonly ModelName[] = fault.models;
    return fault.kind === 'terminal' && able.includes(model);
  });

  test('a healthy one says the same twice', async () => {
    expect(await said(model)).toBe(await said(model));
  });

  test.each(own.map(({ name }) => name))('%s shows', async (name) => {
    // Beside the router's fault the mobile network would do, and beside Wi-Fi nobody looks at it.
    const beside = name === 'sim-plan-used-up' ? ['wifi-off'] : [];
    if (name === 'captive-portal-mode-off') beside.push('wifi-captive-portal');
    expect(await said(model, ...beside, name)).not.toBe(await said(model, ...beside));
  });

  test('every fault is told in both languages', () => {
    for (const fault of own) {
      expect(fault.simulates).toMatch(/^[a-zA-Z0-9]/);
      expect(fault.simulatesZh).toMatch(/\p{Script=Han}/u);
    }
  });
});

test.each([
  ['clock-off', 'settings put global auto_time 1'],
  ['wifi-off', 'svc wifi enable'],
  ['airplane-mode', 'settings put global airplane_mode_on 0'],
  ['proxy-set', 'settings put global http_proxy :0'],
  ['dns-broken', 'settings put global private_dns_mode opportunistic'],
  [
    'wrong-merchant',
    'content update --uri content://com.posbench.north.params/merchant --where "name=\'merchant_number\'" --bind value:s:898310048160001; content update --uri content://com.posbench.north.params/merchant --where "name=\'merchant_name\'" --bind value:s:老王面馆',
  ],
  ['wifi-not-joined', 'cmd wifi connect-network LAOWANG-2F wpa2 laowang-2026'],
  ['payment-app-disabled', 'pm enable com.posbench.north.till'],
  ['payment-app-asleep', 'cmd deviceidle whitelist +com.posbench.north.till'],
])('%s is corrected from the shell', async (name, script) => {
  const { simulator } = await startTerminal();
  const { device } = simulator;
  const look =
    'content query --uri content://com.posbench.north.params/merchant; dumpsys deviceidle; cmd wifi status; pm list packages -d; date +%H; ping -c 1 pay.posbench.test';
  const healthy = await runScript(device, look);
  simulator.setFault(name, true);
  const broken = await runScript(device, look);
  const { code } = await runScript(device, script);
  expect(code).toBe(0);
  expect(await runScript(device, look)).toEqual(healthy);
  if (name !== 'proxy-set') expect(broken).not.toEqual(healthy);
});

test('a management system brings back what was corrected', async () => {
  const { simulator } = await startTerminal('--model', 'at-700');
  simulator.setFault('wrong-channel', true);
  simulator.setFault('managed-pushback', true);
  const { device } = simulator;
  await runScript(device, 'settings put secure pbe_pay_channel acq-east');
  expect((await runScript(device, 'settings get secure pbe_pay_channel')).out).toBe('acq-east\n');
  await expect
    .poll(async () => (await runScript(device, 'settings get secure pbe_pay_channel')).out)
    .toBe('test\n');
});

test('the models have names of their own', () => {
  expect(new Set(modelNames.map((name) => models[name].serialNumber)).size).toBe(modelNames.length);
});
