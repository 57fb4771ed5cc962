/** Settings of a terminal with two doors are asked for at their own, and what was refused is said. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planValues } from '../../../native-bridge/operations/apply-values.ts';
import {
  readSetting,
  writeSetting,
} from '../../../native-bridge/operations/setting-places/index.ts';
import { encoded } from '../../../native-bridge/operations/setting-value.ts';
import type { Setting } from '../../../native-bridge/terminals/profile.ts';
import { sessionOver } from '../../support/adb-session.ts';
import { openBench } from '../../support/bench.ts';
import { byteTerminal } from '../../support/byte-terminal.ts';
import { nameOf, openDaemon } from '../../support/scripted-adbd.ts';
import { daemonWithShell } from '../../support/scripted-shell.ts';

const smpSecret: Setting = {
  key: 'wifi.password',
  source: { from: 'smp-settings', key: 'net/psk' },
  labels: { en: 'Password', 'zh-CN': '密码' },
  type: 'text',
  allowed: [],
  range: null,
  pattern: null,
  maxBytes: 64,
  expected: null,
  restartNeeded: false,
  secret: true,
  fact: null,
};
const host = { source: { from: 'android-settings', key: 'global/pay_host' } } as const;
const unfit = (door: string, needs: string) => ({
  fault: { code: 'door-unfit', facts: { door, needs } },
});

it('what is set over SMP is not looked for, planned or written in the tables of Android', async () => {
  const scripts: string[] = [];
  const session = await sessionOver(
    daemonWithShell((script) => {
      scripts.push(script);
      return { output: 'null\n', exitCode: 0 };
    }),
  );
  const { signal } = new AbortController();
  const wanted = [{ setting: smpSecret, value: encoded('hunter2!') }];
  const works = [
    readSetting(session, smpSecret),
    planValues(session, wanted, signal),
    writeSetting(session, smpSecret, encoded('hunter2!')),
  ];
  for (const work of works) await expect(work).rejects.toMatchObject(unfit('ADB', 'SMP'));
  expect(scripts).toEqual([]);
});

it('what is set in the tables of Android is not written over SMP', async () => {
  const { bridge, dataFolder } = await openBench();
  const { url, written } = await byteTerminal({ sn: new TextEncoder().encode('B-2') });
  const file = join(dataFolder, 'both.yaml');
  await writeFile(file, bothDoors);
  const { fileId } = await bridge.registerFile(file);
  const { id } = await bridge.request('connect', { portUrl: url, profileFileId: fileId });
  const { rows } = await bridge.request('readSettings', { terminalId: id });
  expect(rows).toMatchObject([{ failure: unfit('SMP', 'ADB').fault }, { secret: true }]);
  const changes = [{ key: 'pay.secret', value: 'hunter2!' }];
  const applied = bridge.request('applySettings', { terminalId: id, changes });
  await expect(applied).rejects.toMatchObject(unfit('SMP', 'ADB'));
  expect(written).toEqual([]);
});

it('a shell with one stream and no exit codes has its refusal in what it prints', async () => {
  let streams = 0;
  const old = openDaemon((packet, daemon) => {
    if (nameOf(packet.command) !== 'open') return;
    streams += 1;
    daemon.send('okay', streams, packet.arg0);
    daemon.send('write', streams, packet.arg0, 'java.lang.SecurityException: not for uid 2000\n');
    daemon.send('close', streams, packet.arg0);
  }, 'device::ro.product.name=p;ro.product.model=m;ro.product.device=d;features=cmd');
  const session = await sessionOver(old);
  const refused = { fault: { code: 'command-refused' } };
  await expect(writeSetting(session, host, encoded('h'))).rejects.toMatchObject(refused);
  await expect(readSetting(session, host)).rejects.toMatchObject(refused);
});

it.each([
  ['longer than a command may be', 'x'.repeat(3_000)],
  ['of two lines', 'a\nb'],
])('a value %s is invalid, and no word of it is told', async (_what, value) => {
  const session = await sessionOver(daemonWithShell(() => ({ output: '', exitCode: 0 })));
  const fault = { code: 'setting-value-invalid', facts: { key: 'settings put global pay_host' } };
  await expect(writeSetting(session, host, encoded(value))).rejects.toMatchObject({ fault });
});

it('what a refusal says has lost its control characters', async () => {
  const answer = { output: '\u001b[2Jno\u202e such table\n', exitCode: 1 };
  const session = await sessionOver(daemonWithShell(() => answer));
  const facts = { meaning: 'no such table' };
  await expect(readSetting(session, host)).rejects.toMatchObject({ fault: { facts } });
});

const bothDoors = `format: 1
name: both-doors
extends: [zephyr-generic]
vendor: Lab
model: BD-1
labels: { en: Both, zh-CN: 两种 }
recognition: { smpInfo: '^both$' }
readings:
  identity.serialNumber: { from: smp-settings, key: sn }
settings:
  pay.host:
    { from: android-settings, key: global/pay_host, type: text, labels: { en: Host, zh-CN: 主机 } }
  pay.secret:
    from: android-settings
    key: global/pay_secret
    type: text
    secret: true
    labels: { en: Secret, zh-CN: 密钥 }
`;
