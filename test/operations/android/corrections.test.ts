/** Corrections over ADB: every setting is written, read back and undone; what is refused changes nothing. */
import { describe, expect, it } from 'vitest';
import {
  androidModels,
  connectAndroid,
  type AndroidTerminal,
} from '../../support/android-terminal.ts';

async function table({ bridge, terminalId }: AndroidTerminal) {
  const { rows } = await bridge.request('readSettings', { terminalId });
  const settable = rows.filter(({ byHand, secret }) => byHand == null && !secret);
  return new Map(settable.map((row) => [row.key, row.current]));
}

/** Another value of each setting that the terminal has one of, by its kind. */
const others: Readonly<Record<string, string>> = {
  'clock.automatic': '0',
  'clock.automaticZone': '0',
  'clock.zone': 'Asia/Tokyo',
  'clock.timeServer': 'ntp.example.test',
  'wifi.enabled': 'off',
  'network.proxy': '10.0.0.9:3128',
  'network.privateDnsMode': 'off',
  'network.privateDnsHost': 'dns.example.test',
  'network.captivePortalMode': '2',
  'vpn.alwaysOnApp': 'com.example.tunnel',
  'vpn.lockdown': '0',
  'payment.merchantName': "Noodles 'n' more",
  'payment.merchantNumber': '898310048160999',
  'payment.terminalNumber': '10086499',
  'payment.channel': 'acq-west',
  'payment.methods': 'alipay',
  'payment.settlementTail': '0007',
  'payment.currency': '344',
  'qr.mode': 'static',
  'qr.presented': 'merchant',
  'qr.validitySeconds': '60',
  'qr.payee': '898310048168888',
  'network.paymentHost': 'pay.example.test',
  'speaker.volumePercent': '40',
  'scanner.inverse': '0',
};

describe.each(androidModels)('on the simulated %s', (model) => {
  it('every setting is written, read back, and undone to what it was', async () => {
    const terminal = await connectAndroid(model);
    const { bridge, terminalId } = terminal;
    const before = await table(terminal);
    expect([...before.keys()].filter((key) => !(key in others))).toEqual([]);
    const changes = [...before.keys()].map((key) => ({ key, value: others[key] ?? '' }));
    const correction = await bridge.request('applySettings', { terminalId, changes });
    expect(correction.outcome).toBe('applied');
    expect(correction.changes.filter(({ verified }) => !verified)).toEqual([]);
    const after = await table(terminal);
    expect(Object.fromEntries(after)).toEqual(
      Object.fromEntries([...before.keys()].map((key) => [key, others[key]])),
    );
    const undone = await bridge.request('undoCorrection', { terminalId });
    expect(undone.outcome).toBe('undone');
    expect(Object.fromEntries(await table(terminal))).toEqual(Object.fromEntries(before));
  }, 60_000);

  it('a proxy is taken away, though Android removes the row, and comes back with the undo', async () => {
    const terminal = await connectAndroid(model);
    const { bridge, terminalId } = terminal;
    const apply = (value: string) =>
      bridge.request('applySettings', { terminalId, changes: [{ key: 'network.proxy', value }] });
    expect((await apply('10.0.0.9:3128')).outcome).toBe('applied');
    expect((await apply(':0')).outcome).toBe('applied');
    expect((await table(terminal)).get('network.proxy')).toBe(':0');
    expect((await bridge.request('undoCorrection', { terminalId })).outcome).toBe('undone');
    expect((await table(terminal)).get('network.proxy')).toBe('10.0.0.9:3128');
  }, 60_000);

  it('one whose answer is cut off is settled at the next connection', async () => {
    const terminal = await connectAndroid(model);
    const { bridge, terminalId, portUrl } = terminal;
    const key = 'payment.terminalNumber';
    const before = (await table(terminal)).get(key);
    await terminal.setFault('closes-streams', true);
    const changes = [{ key, value: '10086499' }];
    const cut = await bridge
      .request('applySettings', { terminalId, changes })
      .then(({ outcome }) => outcome)
      .catch(() => 'failed');
    expect(cut).not.toBe('applied');
    await terminal.setFault('closes-streams', false);
    await bridge.request('disconnect', { terminalId });
    await bridge.request('connect', { portUrl });
    expect((await table(terminal)).get(key)).toBe(before);
    expect((await bridge.request('listInterrupted', {})).interrupted).toEqual([]);
  }, 60_000);
});
