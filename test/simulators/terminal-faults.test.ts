/** Each fault of the terminal changes what it says it changes, and goes away as it says. */
import { expect, test } from 'vitest';
import { faults, type FaultInfo } from '../../native-bridge/simulators/codebox/faults.ts';
import { READ, WRITE, crc16 } from './frames.ts';
import { type Host } from './host.ts';
import { simulate } from './simulate.ts';

type Look = (host: Host) => Promise<unknown>;

const shell =
  (...argv: string[]): Look =>
  async (host) =>
    (await host.shell(...argv)).o;
const setting =
  (name: string): Look =>
  (host) =>
    host.setting(name);
const statistic =
  (group: string, field: string): Look =>
  async (host) =>
    (await host.statistics(group))[field];

/** Where each fault is seen, and what is seen there: without it, and with it. */
const seen: Record<string, readonly [Look, unknown, unknown]> = {
  'no-network': [shell('net', 'probe'), /Reached: yes/, /Reached: no \(no link\)/],
  'payment-host-unreachable': [shell('net', 'probe'), /Reached: yes/, /Reached: no \(timeout\)/],
  'packet-loss': [shell('net', 'probe'), /Loss: 0 %/, /Received: 6\r\nLoss: 40 %/],
  'slow-network': [statistic('net', 'rtt_ms'), 38, 1812],
  'mtu-blackhole': [shell('net', 'probe'), /Large: 3\/3/, /Large: 0\/3/],
  'dns-broken': [shell('net', 'dns'), /Answer: 203\.0\.113\.24/, /Answer: none/],
  'wrong-payment-host': [shell('net', 'probe'), /Reached: yes/, /Reached: no \(dns\)/],
  'wifi-weak': [shell('wifi', 'status'), /RSSI: -52/, /RSSI: -88/],
  'wifi-wrong-ssid': [shell('wifi', 'status'), /SSID: LAOWANG-2F/, /SSID: CMCC-FREE/],
  'wifi-captive-portal': [shell('wifi', 'status'), /Portal: none/, /Portal: http/],
  'wifi-not-joined': [shell('net', 'iface'), /Link: wifi/, /Link: cellular/],
  'battery-low': [statistic('battery', 'level_pct'), 83, 12],
  'battery-empty-not-charging': [
    shell('battery', 'status'),
    /Level: 83 %[^]*State: charging/,
    /Level: 2 %[^]*State: plugged, not charging/,
  ],
  'battery-hot': [statistic('battery', 'temp_c10'), 295, 582],
  'firmware-old': [shell('device', 'info'), /firmware: 2\.0\.0/, /firmware: 1\.8\.0/],
  'wrong-merchant': [setting('pay/mid'), '898310048160001', '898310048160999'],
  'wrong-terminal-number': [setting('pay/tid'), '10086421', '10086499'],
  'wrong-channel': [setting('pay/channel'), 'acq-east', 'test'],
  'wrong-settlement-tail': [setting('pay/settle_tail'), '4821', '0007'],
  'qr-static-instead-of-dynamic': [
    shell('qr', 'show'),
    /Payload: 000201010212/,
    /Payload: 000201010211/,
  ],
  'qr-payload-foreign': [shell('qr', 'show'), /898310048160001/, /898310048168888/],
  'qr-validity-too-long': [setting('qr/validity_s'), '120', '86400'],
  'platform-down': [shell('net', 'probe'), /Reached: yes/, /Reached: no \(refused\)/],
  'unsettled-transactions': [statistic('pay', 'unsettled'), 0, 3],
};

function expectSeen(actual: unknown, expected: unknown, when: string): void {
  if (expected instanceof RegExp) expect(actual, when).toMatch(expected);
  else expect(actual, when).toBe(expected);
}

const ofTheTerminal: readonly FaultInfo[] = faults.filter(({ kind }) => kind === 'terminal');

test('the list has a fault for each of the seven checks', () => {
  const checks = new Set(ofTheTerminal.map(({ check }) => check));
  for (const check of [
    'network',
    'wifi',
    'battery',
    'system-version',
    'payment-settings',
    'qr-mode',
    'platform',
  ]) {
    expect(checks).toContain(check);
  }
  expect(Object.keys(seen).sort()).toEqual(ofTheTerminal.map(({ name }) => name).sort());
});

test.for(ofTheTerminal)('$name: $simulates', async ({ name }) => {
  const [look, healthy, faulty] = seen[name] ?? [];
  if (look === undefined) throw new Error('not looked at');
  const simulated = await simulate();
  const host = await simulated.connect();
  expectSeen(await look(host), healthy, 'before');
  await simulated.control({ fault: name, on: true });
  expectSeen(await look(host), faulty, 'on');
  expect((await simulated.control({ state: true }))['faults']).toEqual([name]);
  await simulated.control({ fault: name, on: false });
  expectSeen(await look(host), healthy, 'off');
});

const bySetting = ofTheTerminal.filter(({ clearedBy }) => clearedBy === 'setting');
const healthySettings: Record<string, string> = {
  'net/dns': 'auto',
  'net/host': 'pay.posbench.test',
  'wifi/ssid': 'LAOWANG-2F',
  'wifi/psk': 'posbench-training',
  'pay/mid': '898310048160001',
  'pay/merchant_name': '老王面馆',
  'pay/tid': '10086421',
  'pay/channel': 'acq-east',
  'pay/settle_tail': '4821',
  'qr/mode': 'dynamic',
  'qr/payee': 'auto',
  'qr/validity_s': '120',
};

test.for(bySetting)(
  '$name goes away by writing, committing and saving the right value',
  async (fault) => {
    const [look, healthy] = seen[fault.name] ?? [];
    if (look === undefined) throw new Error('not looked at');
    const simulated = await simulate(['--faults', fault.name, '--boot-ms', '20']);
    const host = await simulated.connect();
    for (const key of Object.keys(fault.settings ?? {})) {
      expect(await host.writeSetting(key, healthySettings[key] ?? '')).toEqual({});
    }
    await host.ask(WRITE, 3, 2);
    await host.saveSettings();
    expectSeen(await look(host), healthy, 'corrected');
    expect((await simulated.control({ state: true }))['faults']).toEqual([]);
    await host.restart(() => host.ask(WRITE, 0, 5));
    expectSeen(await look(host), healthy, 'after a restart');
  },
);

test('the displayed code is EMVCo with the right check sum, and says whom it pays', async () => {
  const simulated = await simulate();
  const host = await simulated.connect();
  for (const fault of [
    'qr-validity-too-long',
    'qr-static-instead-of-dynamic',
    'qr-payload-foreign',
  ]) {
    const { o } = await host.shell('qr', 'show');
    const payload = /Payload: (.*)\r/.exec(o)?.[1] ?? '';
    const crc = crc16(Buffer.from(payload.slice(0, -4), 'utf8'), 0xffff);
    expect(payload.slice(-8)).toBe(`6304${crc.toString(16).toUpperCase().padStart(4, '0')}`);
    expect(payload).toContain('0016cn.posbench.test0115');
    expect(await simulated.control({ fault, on: true })).toEqual({ ok: true });
  }
  const file = await host.ask(READ, 8, 0, { name: '/lfs1/qr/current.txt', off: 0 });
  expect(Buffer.from(file['data'] as Uint8Array).toString('utf8')).toContain('898310048168888');
});
