/**
 * What Android lets its shell do by version: the time zone and Wi-Fi are corrected where it may, and
 * where it may not that is said before anything is written, with the way on the terminal itself.
 */
import { expect, it } from 'vitest';
import { connectAndroid, type AndroidTerminal } from '../../support/android-terminal.ts';
import { sessionOver } from '../../support/adb-session.ts';
import { daemonWithShell } from '../../support/scripted-shell.ts';
import { writeSetting } from '../../../native-bridge/operations/setting-places/index.ts';
import { encoded } from '../../../native-bridge/operations/setting-value.ts';

const apply = ({ bridge, terminalId }: AndroidTerminal, key: string, value: string) =>
  bridge.request('applySettings', { terminalId, changes: [{ key, value }] });

async function rowOf({ bridge, terminalId }: AndroidTerminal, key: string) {
  const { rows } = await bridge.request('readSettings', { terminalId });
  return rows.find((row) => row.key === key);
}

async function zoneFinding({ bridge, terminalId }: AndroidTerminal) {
  const { findings } = await bridge.request('diagnose', { terminalId, symptom: null });
  return findings.find(({ check }) => check === 'clock');
}

it('the remedy for a wrong zone is applied on Android 13, verified, and undone', async () => {
  const terminal = await connectAndroid('at-900', ['clock-zone-wrong']);
  const { bridge, terminalId } = terminal;
  expect(await zoneFinding(terminal)).toMatchObject({
    verdict: 'fail',
    remedy: { settings: ['clock.zone'] },
  });
  const correction = await apply(terminal, 'clock.zone', 'Asia/Shanghai');
  expect(correction).toMatchObject({
    outcome: 'applied',
    changes: [{ before: 'UTC', after: 'Asia/Shanghai', readBack: 'Asia/Shanghai', verified: true }],
  });
  expect(await zoneFinding(terminal)).not.toMatchObject({ verdict: 'fail' });
  expect((await bridge.request('undoCorrection', { terminalId })).outcome).toBe('undone');
  expect((await rowOf(terminal, 'clock.zone'))?.current).toBe('UTC');
}, 60_000);

it('on Android 7.1 the zone is named and to be set on the terminal, and nothing is written', async () => {
  const terminal = await connectAndroid('at-700', ['clock-zone-wrong']);
  expect(await zoneFinding(terminal)).toMatchObject({ verdict: 'fail', remedy: { settings: [] } });
  const fault = { code: 'time-zone-by-hand', facts: { needs: '9', found: '7.1.2' } };
  expect((await rowOf(terminal, 'clock.zone'))?.byHand).toMatchObject(fault);
  const changes = [
    { key: 'clock.automatic', value: '0' },
    { key: 'clock.zone', value: 'Asia/Shanghai' },
  ];
  const { bridge, terminalId } = terminal;
  const applied = bridge.request('applySettings', { terminalId, changes });
  await expect(applied).rejects.toMatchObject({ fault });
  expect((await rowOf(terminal, 'clock.automatic'))?.current).toBe('1');
}, 60_000);

it('a zone that Android does not know is put back', async () => {
  const terminal = await connectAndroid('at-900');
  expect(await apply(terminal, 'clock.zone', 'Asia/Peking')).toMatchObject({
    outcome: 'reverted',
    changes: [{ verified: false, readBack: 'Asia/Shanghai' }],
  });
}, 60_000);

it('Wi-Fi that is off is switched on by the remedy, where its shop expects it', async () => {
  const terminal = await connectAndroid('at-900', ['wifi-off']);
  const { bridge, terminalId } = terminal;
  const { findings } = await bridge.request('diagnose', { terminalId, symptom: 'S1' });
  const finding = findings.find(({ check }) => check === 'wifi');
  expect(finding).toMatchObject({ verdict: 'fail', remedy: { settings: ['wifi.enabled'] } });
  expect((await apply(terminal, 'wifi.enabled', 'on')).outcome).toBe('applied');
  const { 'wifi.joined': joined } = await terminal.read('wifi.joined');
  expect(joined?.value).toBe(true);
}, 60_000);

it('Wi-Fi is not switched off over the network that it carries', async () => {
  const session = await sessionOver(daemonWithShell(() => ({ output: '', exitCode: 0 })));
  Object.assign(session.port, { url: 'adb://192.168.1.20:5555' });
  const place = { source: { from: 'android-wifi', key: 'enabled' } } as const;
  const fault = { code: 'wifi-carries-connection', facts: { port: 'adb://192.168.1.20:5555' } };
  await expect(writeSetting(session, place, encoded('off'))).rejects.toMatchObject({ fault });
});
