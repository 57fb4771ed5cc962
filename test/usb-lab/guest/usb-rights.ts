/** USB devices that may not be opened, and those that somebody has. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findAdbServer, killAdbServer } from '../../../native-bridge/ports/adb-server.ts';
import { PortError } from '../../../native-bridge/ports/port.ts';
import { adbInterface } from '../../../native-bridge/ports/usb-interfaces.ts';
import { openUsbPort } from '../../../native-bridge/ports/usb-port.ts';
import {
  echoAddress,
  openEcho,
  pluggedEcho,
  startEcho,
  echoStrings,
  tellEcho,
  waitMs,
} from './echo-device.ts';
import { test, until } from './harness.ts';
import { newFolder, posBenchAnew } from './product.ts';

const port = '2fb8:2205/P2-0815';
const node = (text: unknown): unknown =>
  /^\/dev\/bus\/usb\/\d{3}\/\d{3}$/.test(String(text)) ? 'a node' : text;

test('a second opening is busy with ourselves; after closing it opens again', async (trial) => {
  await pluggedEcho(trial);
  const first = await openEcho(trial);
  const busy = await refused();
  assert.deepEqual([busy.code, busy.facts['pid']], ['port-busy', process.pid]);
  await first.close();
  const second = await openEcho(trial);
  await second.send(new Uint8Array(3), { timeoutMs: waitMs });
  assert.equal((await second.receive(512, { timeoutMs: waitMs })).length, 3);
});

test('an opening that is given up leaves the device to the next one', async (trial) => {
  await pluggedEcho(trial);
  for (const delayMs of [0, 1, 20, 200]) {
    const stop = new AbortController();
    const opening = openUsbPort(echoAddress, {
      match: adbInterface,
      timeoutMs: waitMs,
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), delayMs);
    const outcome = await opening.then(
      (opened) => opened.close().then(() => 'open'),
      (error: unknown) => (error as PortError).code,
    );
    assert.ok(['open', 'cancelled'].includes(outcome), outcome);
  }
  const opened = await until('it to open', () => openEcho(trial).catch(() => null));
  assert.equal(opened.url, 'usb://2fb8:2205/P2-0815');
});

test('a program that has the interface is named', async (trial) => {
  await pluggedEcho(trial);
  const path = await nodeOfEcho();
  // USBDEVFS_CLAIMINTERFACE, as every program with libusb does it.
  const script = `exec -a fwupd perl -e 'open(F, "+<", $ARGV[0]) or die; my $number = pack("I", 0); ioctl(F, 0x8004550F, $number) or die; $| = 1; print "has it\\n"; sleep 600' ${path}`;
  const holder = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  trial.defer(() => holder.kill('SIGKILL'));
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  const busy = await refused();
  assert.deepEqual(
    [busy.code, busy.facts],
    ['port-busy', { port, holder: 'fwupd', pid: holder.pid }],
  );
});

test('a user without rights is told of the rule, and the rule opens the device to who sits at the machine', async (trial) => {
  await pluggedEcho(trial);
  const { code, facts } = asNobody();
  assert.deepEqual(
    [code, { ...facts, node: node(facts['node']) }],
    ['port-forbidden', { port, node: 'a node' }],
  );
  assert.doesNotMatch(await tagsOfEcho(), /:uaccess:/);
  const { exitCode, json } = await posBenchAnew(newFolder(), ['udev-rule']);
  const { rule, path: installed }: { rule: string; path: string } = json.result;
  assert.equal(exitCode, 0);
  assert.match(rule, /ff4201/);
  trial.defer(() => rmSync(installed));
  writeFileSync(installed, rule);
  execFileSync('udevadm', ['control', '--reload']);
  execFileSync('udevadm', ['trigger', '--subsystem-match=usb', '--settle']);
  assert.match(await tagsOfEcho(), /:uaccess:/);
});

test('two devices with one serial number are not mistaken for each other', async (trial) => {
  await pluggedEcho(trial);
  const clone = await startEcho('clone', 1, echoStrings);
  trial.defer(() => clone.remove());
  const place = await clone.plug();
  const fault = await refused();
  assert.deepEqual([fault.code, fault.facts['count']], ['port-ambiguous', 2]);
  const byPlace = { ...echoAddress, serialNumber: null, place };
  const opened = await openUsbPort(byPlace, { match: adbInterface, timeoutMs: waitMs });
  assert.equal(opened.url, `usb://2fb8:2205/@${place}`);
  await opened.close();
});

test('an adb server that has the device is named, and ended only when that is asked for', async (trial) => {
  await pluggedEcho(trial);
  const quiet = await openEcho(trial);
  await tellEcho(quiet, 'mode', 2);
  await quiet.close();
  trial.defer(() => killAdbServer());
  execFileSync('adb', ['start-server'], {
    stdio: 'ignore',
    env: { ...process.env, HOME: '/root' },
  });
  const fault = await until('the server to take it', async () => {
    const opened = await openUsbPort(echoAddress, { match: adbInterface, timeoutMs: waitMs }).catch(
      (error: unknown) => error as PortError,
    );
    if (opened instanceof PortError) return opened;
    await opened.close();
    return null;
  });
  const server = await findAdbServer();
  assert.deepEqual(
    [fault.code, fault.facts],
    ['port-adb-server', { port, pid: server?.process?.pid }],
  );
  assert.equal(server?.process?.name, 'adb');
  const asked = await posBenchAnew(newFolder(), ['adb-server', 'stop']);
  assert.equal(asked.exitCode, 4);
  assert.notEqual(await findAdbServer(), null);
  const { exitCode } = await posBenchAnew(newFolder(), ['adb-server', 'stop', '--yes']);
  assert.equal(exitCode, 0);
  assert.equal(await findAdbServer(), null);
  await until('the device to open', () => openEcho(trial).catch(() => null));
});

async function refused(): Promise<PortError> {
  const outcome = await openUsbPort(echoAddress, { match: adbInterface, timeoutMs: waitMs }).then(
    (opened) => opened.close(),
    (error: unknown) => error,
  );
  if (outcome instanceof PortError) return outcome;
  throw new Error('it opened', { cause: outcome });
}

function asNobody(): { code: string; facts: Readonly<Record<string, unknown>> } {
  const program = join(dirname(process.argv[1] ?? '.'), 'open-usb.js');
  const output = execFileSync(process.execPath, [program], {
    uid: 65_534,
    gid: 65_534,
    encoding: 'utf8',
  });
  return JSON.parse(output) as ReturnType<typeof asNobody>;
}

/** As the device manager has it in its database. */
async function nodeOfEcho(): Promise<string> {
  return await until('its node', () => {
    const output = execFileSync('udevadm', ['info', '--export-db'], { encoding: 'utf8' });
    const entry = output.split('\n\n').find((each) => isEcho(each));
    return /^E: DEVNAME=(.+)$/m.exec(entry ?? '')?.[1];
  });
}

async function tagsOfEcho(): Promise<string> {
  const path = await nodeOfEcho();
  return execFileSync('udevadm', ['info', '--query=property', path], { encoding: 'utf8' });
}

function isEcho(entry: string): boolean {
  return /^E: DEVTYPE=usb_device$/m.test(entry) && entry.includes('ID_SERIAL_SHORT=P2-0815');
}
