/** The same conversation over transfers, whose borders count. */
import { expect, it } from 'vitest';
import { AdbSession } from '../../../native-bridge/sessions/adb/adb-session.ts';
import { adbCommand } from '../../../native-bridge/protocols/adb/packet.ts';
import { adbFault, sessionOver, testKey } from '../../support/adb-session.ts';
import { AdbdOnUsb } from '../../support/adbd-on-usb.ts';
import { nameOf, openDaemon, packetBytes, ScriptedAdbd } from '../../support/scripted-adbd.ts';

const wait = { timeoutMs: 10_000 };

/** Sends back what it gets. */
function echo(): ScriptedAdbd {
  return openDaemon(({ command, arg0, arg1, payload }, daemon) => {
    if (nameOf(command) === 'open') daemon.send('okay', 5, arg0);
    if (nameOf(command) !== 'write') return;
    daemon.send('okay', arg1, arg0);
    daemon.send('write', arg1, arg0, Uint8Array.from(payload));
  });
}

it('header and payload go as two transfers, ended by an empty packet where they fill one', async () => {
  const usb = new AdbdOnUsb(echo());
  const adb = await sessionOver(usb);
  const stream = await adb.openStream('echo:', wait);
  usb.sent.length = 0;
  for (const bytes of [511, 512, 1024]) {
    await stream.write(new Uint8Array(bytes), wait);
    expect((await stream.read(wait))?.length).toBe(bytes);
  }
  const payloads = usb.sent.filter((length) => length !== '24');
  expect(payloads).toEqual(['511', '512+0', '1024+0']);
});

it('what an earlier program left unread is passed over', async () => {
  const leftovers = [
    Buffer.alloc(300, 'x'),
    Buffer.alloc(24, 'y'),
    new Uint8Array(0),
    packetBytes(adbCommand.write, 3, 4),
  ];
  const adb = await sessionOver(new AdbdOnUsb(echo(), leftovers));
  expect(adb.banner.mode).toBe('device');
});

it('a greeting that an earlier program did not wait for does no harm', async () => {
  const greeting = packetBytes(adbCommand.connect, 0x01000001, 1024 * 1024, 'device::');
  const leftovers = [greeting.subarray(0, 24), greeting.subarray(24)];
  const adb = await sessionOver(new AdbdOnUsb(echo(), leftovers));
  const stream = await adb.openStream('echo:', wait);
  await stream.write(Buffer.from('hi'), wait);
  expect(Buffer.from((await stream.read(wait)) ?? []).toString()).toBe('hi');
});

it('a cable that is pulled at the beginning is no refusal', async () => {
  const daemon = new ScriptedAdbd((_, it) => it.vanish());
  const terms = { keys: testKey, timeoutMs: 10_000, tapTimeoutMs: 10_000 };
  await expect(AdbSession.open(new AdbdOnUsb(daemon), terms)).rejects.toMatchObject({
    code: 'port-vanished',
  });
});

it('a transfer of another length in the middle ends the session', async () => {
  const daemon = openDaemon(({ command, arg0 }, it) => {
    if (nameOf(command) !== 'open') return;
    it.send('okay', 5, arg0);
    it.raw(Buffer.alloc(20));
  });
  const adb = await sessionOver(new AdbdOnUsb(daemon));
  const stream = await adb.openStream('any:', wait);
  expect((await adbFault(stream.read(wait))).code).toBe('reply-malformed');
});

it('what the daemon still says as we leave is taken from it', async () => {
  const daemon = openDaemon(({ command, arg0 }, it) => {
    if (nameOf(command) === 'open') it.send('okay', 5, arg0);
    if (nameOf(command) !== 'close') return;
    for (const text of ['one', 'two', 'three']) it.send('write', 9, 9, text);
  });
  const adb = await sessionOver(new AdbdOnUsb(daemon));
  const stream = await adb.openStream('any:', wait);
  stream.close();
  await adb.close();
  expect(daemon.seen).toContain('close');
  expect(daemon.unread).toBe(0);
});

it('a daemon that never stops talking keeps nobody from leaving', async () => {
  let talking: ReturnType<typeof setInterval> | undefined;
  const daemon = openDaemon((_, it) => {
    talking ??= setInterval(() => it.raw(new Uint8Array(24)), 1);
  });
  const adb = await sessionOver(new AdbdOnUsb(daemon));
  adb.openStream('any:', wait).catch(() => undefined);
  await adb.close();
  clearInterval(talking);
});
