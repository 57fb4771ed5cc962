/** A daemon that breaks the protocol, or only pretends to speak it. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AdbSession } from '../../../native-bridge/sessions/adb/adb-session.ts';
import { adbCommand } from '../../../native-bridge/protocols/adb/packet.ts';
import { adbFault, sessionOver, testKey } from '../../support/adb-session.ts';
import {
  type AdbdScript,
  nameOf,
  openDaemon,
  packetBytes,
  ScriptedAdbd,
} from '../../support/scripted-adbd.ts';

const MIB = 1024 * 1024;
const wait = { timeoutMs: 10_000 };
const soon = { timeoutMs: 50 };
const terms = { keys: testKey, timeoutMs: 10_000, tapTimeoutMs: 10_000 };
const ID = 7;

/** What it does with every stream that is opened, `okay` sent. */
function onOpen(then: (daemon: ScriptedAdbd, host: number) => void): AdbdScript {
  return ({ command, arg0 }, daemon) => {
    if (nameOf(command) !== 'open') return;
    daemon.send('okay', ID, arg0);
    then(daemon, arg0);
  };
}

/** A header alone, with any length. */
function header(command: number, host: number, payloadBytes: number): Uint8Array {
  const bytes = packetBytes(command, ID, host);
  new DataView(bytes.buffer).setUint32(12, payloadBytes, true);
  return bytes;
}

describe('before it has let us in, a daemon', () => {
  const opening = async (script: AdbdScript) => {
    const daemon = new ScriptedAdbd(script);
    const fault = await adbFault(AdbSession.open(daemon, terms));
    expect(await daemon.closed).toBeNull();
    return fault;
  };

  it.each<[string, Uint8Array, string]>([
    ['that is no daemon', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'magic'],
    ['with a header that lies about itself', randomBytes(24), 'magic'],
    ['with a payload of 4 GiB', header(adbCommand.connect, 0, 0xffffffff), 'payload-length'],
    ['that takes no payloads', packetBytes(adbCommand.connect, 1, 0, 'device::'), 'payload-limit'],
    [
      'with a banner without end',
      packetBytes(adbCommand.connect, 1, MIB, 'x'.repeat(20_000)),
      'payload-length',
    ],
    [
      'with a token of any size',
      packetBytes(adbCommand.authenticate, 1, 0, 'x'.repeat(300)),
      'token',
    ],
  ])('%s is left at once', async (_, bytes, problem) => {
    const fault = await opening((__, daemon) => daemon.raw(bytes));
    expect(fault).toMatchObject({ code: 'reply-malformed', facts: { problem } });
  });

  it('whose checksum is wrong is left at once', async () => {
    const bytes = packetBytes(adbCommand.connect, 0x01000001, MIB, 'device::');
    new DataView(bytes.buffer).setUint32(16, 1, true);
    const fault = await opening((_, daemon) => daemon.raw(bytes));
    expect(fault.facts).toMatchObject({ problem: 'checksum' });
  });

  it('may say things to an earlier host, but not for ever', async () => {
    const late: AdbdScript = (_, daemon) => {
      for (let count = 0; count < 3; count++) daemon.send('write', 1, 1, 'late');
      daemon.send('connect', 0x01000001, MIB, 'device::');
    };
    expect((await sessionOver(new ScriptedAdbd(late))).banner.mode).toBe('device');
    const flood = packetBytes(adbCommand.write, 1, 1, 'late');
    const fault = await opening((_, daemon) => {
      for (let count = 0; count < 2000; count++) daemon.raw(flood);
    });
    expect(fault.facts).toMatchObject({ problem: 'stray-packets' });
  });
});

describe('a daemon that', () => {
  it.each<[string, (daemon: ScriptedAdbd, host: number) => void, string]>([
    [
      'announces 4 GiB',
      (it, host) => it.raw(header(adbCommand.write, host, 0xffffffff)),
      'payload-length',
    ],
    [
      'announces more than was agreed on',
      (it, host) => it.raw(header(adbCommand.write, host, MIB + 1)),
      'payload-length',
    ],
    ['sends what is no packet', (it) => it.raw(Buffer.alloc(24, 'x')), 'magic'],
    ['knows other commands', (it, host) => it.raw(packetBytes(0x12345678, ID, host)), 'command'],
    ['begins anew in the middle', (it) => it.send('connect', 1, MIB, 'device::'), 'command'],
    [
      'acknowledges in another form',
      (it, host) => it.send('okay', ID, host, 'abcd'),
      'acknowledgement',
    ],
    [
      'acknowledges what nobody sent, without end',
      (it) => {
        for (let count = 0; count < 2000; count++) it.send('okay', ID, 999);
      },
      'stray-packets',
    ],
  ])('%s is left at once', async (_, misbehave, problem) => {
    const daemon = openDaemon(onOpen(misbehave));
    const adb = await sessionOver(daemon);
    const stream = adb.openStream('any:', wait).then((opened) => opened.read(wait));
    expect(await adbFault(stream)).toMatchObject({ code: 'reply-malformed', facts: { problem } });
    expect(await adb.closed).toMatchObject({ code: 'port-failed' });
    expect(await daemon.closed).toBeNull();
    expect((await adbFault(adb.shell('id', wait))).facts).toMatchObject({ problem });
  });

  it('floods a stream that nobody reads is left before it has filled the memory', async () => {
    const payload = packetBytes(adbCommand.write, ID, 1, Buffer.alloc(MIB));
    let sent = 0;
    const daemon: ScriptedAdbd = openDaemon(
      onOpen((it) => {
        for (; sent < 64; sent++) it.raw(payload);
      }),
    );
    const adb = await sessionOver(daemon);
    await adb.openStream('any:', wait);
    expect(await adb.closed).toMatchObject({
      code: 'port-failed',
      cause: { facts: { problem: 'window' } },
    });
  });

  it('sends another’s stream ids is not heard, and harms nobody', async () => {
    const script = onOpen((daemon, host) => {
      daemon.send('write', ID, 999, 'for nobody');
      daemon.send('write', 8, host, 'from another');
      daemon.send('okay', 8, host);
      daemon.send('close', 8, host);
      daemon.send('close', ID, 999);
      daemon.send('write', ID, host, 'right');
    });
    const adb = await sessionOver(openDaemon(script));
    const stream = await adb.openStream('any:', wait);
    expect(Buffer.from((await stream.read(wait)) ?? []).toString()).toBe('right');
    expect((await adbFault(stream.read(soon))).code).toBe('reply-timeout');
  });

  it('opens streams to us is told no', async () => {
    const daemon = openDaemon(onOpen((it) => it.send('open', 55, 0, 'tcp:1')));
    const adb = await sessionOver(daemon);
    await adb.openStream('any:', wait);
    await expect.poll(() => daemon.seen).toEqual(['connect', 'open', 'close']);
  });

  it('stalls in the middle of a packet is waited for until the deadline', async () => {
    const script = onOpen((daemon, host) => daemon.raw(header(adbCommand.write, host, 1000)));
    const adb = await sessionOver(openDaemon(script));
    expect(await adbFault(adb.shell('id', soon))).toMatchObject({
      code: 'reply-timeout',
      facts: { command: 'shell', timeoutMs: 50 },
    });
  });

  it('never opens the stream is waited for until the deadline', async () => {
    const adb = await sessionOver(openDaemon());
    expect((await adbFault(adb.openStream('any:', soon))).code).toBe('reply-timeout');
  });

  it('opens it when nobody waits any more has it closed', async () => {
    let late: () => void = () => undefined;
    const daemon = openDaemon(({ command, arg0 }, it) => {
      if (nameOf(command) === 'open') late = () => it.send('okay', ID, arg0);
    });
    const adb = await sessionOver(daemon);
    await adbFault(adb.openStream('any:', soon));
    late();
    await expect.poll(() => daemon.seen).toEqual(['connect', 'open', 'close']);
  });

  it('sends and hangs up in one breath has all of it heard by a slow reader', async () => {
    const script = onOpen((daemon, host) => {
      for (const text of ['one ', 'two ', 'three']) daemon.send('write', ID, host, text);
      daemon.send('close', ID, host);
    });
    const adb = await sessionOver(openDaemon(script));
    const stream = await adb.openStream('any:', wait);
    await new Promise((resolve) => setImmediate(resolve));
    let text = '';
    for (let it = await stream.read(wait); it; it = await stream.read(wait)) {
      text += Buffer.from(it).toString();
    }
    expect(text).toBe('one two three');
  });

  it('closes the stream in the middle of an answer is told from one that has ended', async () => {
    const script = onOpen((daemon, host) => {
      daemon.send('write', ID, host, Buffer.from([1, 5, 0, 0, 0, 0x68]));
      daemon.send('close', ID, host);
    });
    const adb = await sessionOver(openDaemon(script));
    expect((await adbFault(adb.shell('id', wait))).facts).toMatchObject({ problem: 'cut-off' });
  });
});

describe('inside a stream, a daemon that', () => {
  const sync = (...words: [string, number][]) =>
    openDaemon(
      onOpen((daemon, host) => {
        for (const [word, length] of words) {
          const bytes = Buffer.alloc(8);
          bytes.write(word, 'latin1');
          bytes.writeUInt32LE(length, 4);
          daemon.send('write', ID, host, bytes);
        }
      }),
    );
  const pull = async (daemon: ScriptedAdbd, maxBytes = 1000, idleTimeoutMs = 10_000) => {
    const adb = await sessionOver(daemon);
    return await adbFault(adb.pull('/file', { idleTimeoutMs, maxBytes }).next());
  };

  it('announces pieces of output that are too large is not believed', async () => {
    const script = onOpen((daemon, host) => {
      daemon.send('write', ID, host, Buffer.from([1, 0xff, 0xff, 0xff, 0xff, 0]));
    });
    const adb = await sessionOver(openDaemon(script));
    expect((await adbFault(adb.shell('id', wait))).facts).toMatchObject({
      problem: 'piece-length',
    });
  });

  it('says more than may be said is interrupted', async () => {
    const script = onOpen((daemon, host) => {
      const piece = Buffer.alloc(5 + 2000, 'x');
      piece.writeUInt8(1);
      piece.writeUInt32LE(2000, 1);
      daemon.send('write', ID, host, piece);
    });
    const adb = await sessionOver(openDaemon(script));
    const fault = await adbFault(adb.shell('id', { ...wait, maxOutputBytes: 1000 }));
    expect(fault).toMatchObject({
      code: 'output-too-large',
      facts: { command: 'shell', maxBytes: 1000 },
    });
  });

  it.each<[string, [string, number], string]>([
    ['a piece of a file of 4 GiB', ['DATA', 0xffffffff], 'piece-length'],
    ['a reason of 4 GiB', ['FAIL', 0xffffffff], 'piece-length'],
    ['an answer that is none', ['WHAT', 4], 'answer'],
  ])('sends %s is not believed', async (_, word, problem) => {
    expect(await pull(sync(word))).toMatchObject({ code: 'reply-malformed', facts: { problem } });
  });

  it('has a larger file than is wanted is interrupted', async () => {
    expect(await pull(sync(['DATA', 1001]))).toMatchObject({
      code: 'output-too-large',
      facts: { command: 'pull', maxBytes: 1000 },
    });
  });

  it('gives no piece of a file is waited for until the deadline', async () => {
    expect(await pull(sync(['DATA', 10]), 1000, 50)).toMatchObject({
      code: 'reply-timeout',
      facts: { command: 'pull', timeoutMs: 50, offsetBytes: 0 },
    });
  });

  it('takes no piece of a file is waited for until the deadline', async () => {
    const adb = await sessionOver(sync());
    const options = { sizeBytes: MIB, modeBits: 0o644, mtimeSeconds: 0, idleTimeoutMs: 50 };
    const source = async function* () {
      yield await Promise.resolve(Buffer.alloc(MIB));
    };
    const push = adb.push('/file', source(), options);
    const all = async () => {
      while (!(await push.next()).done);
    };
    expect(await adbFault(all())).toMatchObject({
      code: 'reply-timeout',
      facts: { command: 'push', timeoutMs: 50 },
    });
  });
});
