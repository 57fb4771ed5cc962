/** Each fault of the terminal changes what it says it changes, and goes away as it says. */
import { expect, test } from 'vitest';
import { faults, type FaultInfo } from '../../native-bridge/simulators/codebox/faults.ts';
import { READ, WRITE, crc16 } from './frames.ts';
import { simulate, type Simulated } from './simulate.ts';
import { onCellularOnly, whereSeen } from './where-faults-show.ts';

function expectSeen(actual: unknown, expected: unknown, when: string): void {
  if (expected instanceof RegExp) expect(actual, when).toMatch(expected);
  else expect(actual, when).toBe(expected);
}

const ofTheTerminal: readonly FaultInfo[] = faults.filter(({ kind }) => kind === 'terminal');

/** One that can have the fault, where it can be seen. */
function start({ name, models }: FaultInfo, ...args: string[]): Promise<Simulated> {
  const uplink = Object.hasOwn(onCellularOnly, name) ? 'cellular' : 'wifi';
  return simulate(['--model', models[0] ?? '', '--uplink', uplink, ...args]);
}

test('the list has a fault for each check that a terminal can show', () => {
  const checks = new Set<string | null>(ofTheTerminal.map(({ check }) => check));
  for (const check of [
    'network',
    'wifi',
    'vpn',
    'cellular',
    'clock',
    'tls',
    'scanner',
    'battery',
    'system-version',
    'tamper',
    'printer',
    'payment-settings',
    'qr-mode',
    'qr-validity',
    'activation',
    'device-filing',
    'sound-device',
    'platform',
  ]) {
    expect(checks).toContain(check);
  }
  expect(Object.keys(whereSeen).sort()).toEqual(ofTheTerminal.map(({ name }) => name).sort());
});

test.for(ofTheTerminal)('$name: $simulates', async (fault) => {
  const { name } = fault;
  const [look, healthy, faulty] = whereSeen[name] ?? [];
  if (look === undefined) throw new Error('not looked at');
  const simulated = await start(fault);
  const host = await simulated.connect();
  expectSeen(await look(host), healthy, 'before');
  await simulated.control({ fault: name, on: true });
  expectSeen(await look(host), faulty, 'on');
  expect((await simulated.control({ state: true }))['faults']).toEqual([name]);
  await simulated.control({ fault: name, on: false });
  expectSeen(await look(host), healthy, 'off');
});

const bySetting = ofTheTerminal.filter(({ clearedBy }) => clearedBy === 'setting');
/** What a healthy one has there; the secret it does not tell. */
async function settingsOf(simulated: Simulated, keys: readonly string[]) {
  const { settings } = await simulated.control({ state: true });
  const all = settings as Readonly<Record<string, string>>;
  return keys.map((key) => [key, all[key] ?? ''] as const);
}

test.for(bySetting)(
  '$name goes away by writing, committing and saving the right value',
  async (fault) => {
    const [look, healthy] = whereSeen[fault.name] ?? [];
    if (look === undefined) throw new Error('not looked at');
    const keys = Object.keys(fault.settings ?? {});
    const right = await settingsOf(await start(fault), keys);
    const simulated = await start(fault, '--faults', fault.name, '--boot-ms', '20');
    const host = await simulated.connect();
    for (const [key, value] of right) {
      expect(await host.writeSetting(key, value)).toEqual({});
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
