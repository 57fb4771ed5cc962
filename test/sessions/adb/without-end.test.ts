/** What must end all the same: a daemon that never does, and a wait that was given up before it began. */
import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { AdbSession } from '../../../native-bridge/sessions/adb/adb-session.ts';
import { adbFault, sessionOver, testKey } from '../../support/adb-session.ts';
import { AdbdOnUsb } from '../../support/adbd-on-usb.ts';
import {
  type AdbdScript,
  nameOf,
  openDaemon,
  type ScriptedAdbd,
} from '../../support/scripted-adbd.ts';

const wait = { timeoutMs: 10_000 };
const ID = 7;
const BLOCK = 64 * 1024;

const okay = Buffer.from('OKAY\0\0\0\0');
const noData = Buffer.from('DATA\0\0\0\0');
const isOpen = (command: number) => nameOf(command) === 'open';

describe('a daemon that', () => {
  it('takes a file for written before it came, and hangs up, ends the push', async () => {
    let pieces = 0;
    const script: AdbdScript = ({ command, arg0, arg1 }, daemon) => {
      if (isOpen(command)) daemon.send('okay', ID, arg0);
      if (nameOf(command) !== 'write') return;
      daemon.send('okay', arg1, arg0);
      pieces += 1;
      if (pieces === 1) daemon.send('write', arg1, arg0, okay);
      if (pieces === 3) daemon.send('close', arg1, arg0);
    };
    const adb = await sessionOver(openDaemon(script));
    const options = {
      idleTimeoutMs: 10_000,
      sizeBytes: 64 * BLOCK,
      modeBits: 0o644,
      mtimeSeconds: 0,
    };
    const blocks = async function* () {
      for (let left = 64; left > 0; left--) yield await Promise.resolve(Buffer.alloc(BLOCK));
    };
    const push = adb.push('/sdcard/file', blocks(), options);
    const pushed = async () => {
      while (!(await push.next()).done);
    };
    expect((await adbFault(pushed())).code).toBe('command-refused');
  });

  it('sends a file in pieces of nothing is given up', async () => {
    const script: AdbdScript = ({ command, arg0, arg1 }, daemon) => {
      if (isOpen(command)) daemon.send('okay', ID, arg0);
      else if (nameOf(command) === 'write') {
        daemon.send('okay', arg1, arg0);
        daemon.send('write', arg1, arg0, noData);
      } else if (nameOf(command) === 'okay') daemon.send('write', ID, arg0, noData);
    };
    const adb = await sessionOver(openDaemon(script));
    const pull = adb.pull('/sdcard/file', { idleTimeoutMs: 10_000, maxBytes: BLOCK });
    expect((await adbFault(pull.next())).code).toBe('reply-malformed');
  });

  it('talks on instead of restarting is left when the time is up', async () => {
    const script: AdbdScript = ({ command, arg0 }, daemon) => {
      if (isOpen(command)) daemon.send('okay', ID, arg0);
      if (isOpen(command) || nameOf(command) === 'okay') {
        setImmediate(() => daemon.send('write', ID, arg0, ' '));
      }
    };
    const adb = await sessionOver(openDaemon(script));
    await expect(adb.reboot('system', { timeoutMs: 100 })).resolves.toBeUndefined();
  });
});

describe('given up before it began,', () => {
  const aborted = { timeoutMs: 10_000, signal: AbortSignal.abort() };

  it.each<[string, (adb: AdbSession) => Promise<unknown>]>([
    ['a restart', (adb) => adb.reboot('system', aborted)],
    ['a script', (adb) => adb.shell('settings put global a 1', aborted)],
  ])('%s is not asked for', async (_, work) => {
    const daemon = openDaemon(({ command, arg0 }, it) => {
      if (isOpen(command)) it.send('okay', ID, arg0);
    });
    const adb = await sessionOver(daemon);
    expect((await adbFault(work(adb))).code).toBe('cancelled');
    await adb.openStream('later:', wait);
    expect(daemon.seen.filter((name) => name === 'open')).toHaveLength(1);
  });
});

it('where opening fails the port is free again when that is told', async () => {
  let isClosed = false;
  const daemon: ScriptedAdbd = openDaemon();
  const usb = new AdbdOnUsb(daemon);
  const close = usb.close.bind(usb);
  usb.close = async () => {
    await close();
    isClosed = true;
  };
  const terms = { keys: testKey, timeoutMs: 10_000, tapTimeoutMs: 10_000 };
  await adbFault(AdbSession.open(usb, { ...terms, signal: AbortSignal.abort() }));
  expect(isClosed).toBe(true);
});

it('a signal that outlives its waits is left alone by them', async () => {
  const { signal } = new AbortController();
  const adb = await sessionOver(openDaemon());
  await adb.close();
  await adbFault(adb.shell('id', { ...wait, signal }));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
