/** What the services do with a daemon that answers as it should, or says no. */
import { describe, expect, it } from 'vitest';
import type { AdbSession } from '../../../native-bridge/sessions/adb/adb-session.ts';
import { adbFault, sessionOver } from '../../support/adb-session.ts';
import {
  type HostPacket,
  nameOf,
  openDaemon,
  type ScriptedAdbd,
} from '../../support/scripted-adbd.ts';

const wait = { timeoutMs: 10_000 };
const terms = { idleTimeoutMs: 10_000 };
const BLOCK = 64 * 1024;

/** One stream at a time: `serve` gets its service, then what is written to it. */
function daemonThat(
  serve: (stream: Stream, service: string | null, bytes: Uint8Array) => void,
  banner?: string,
): ScriptedAdbd {
  return openDaemon((packet, daemon) => {
    const name = nameOf(packet.command);
    const stream = new Stream(daemon, packet);
    if (name === 'open') {
      daemon.send('okay', 100 + packet.arg0, packet.arg0);
      serve(stream, packet.text, new Uint8Array(0));
    }
    if (name === 'write') {
      daemon.send('okay', packet.arg1, packet.arg0);
      serve(stream, null, packet.payload);
    }
  }, banner);
}

class Stream {
  readonly #daemon: ScriptedAdbd;
  readonly #host: number;

  constructor(daemon: ScriptedAdbd, { arg0 }: HostPacket) {
    this.#daemon = daemon;
    this.#host = arg0;
  }

  write(bytes: Uint8Array | string): void {
    this.#daemon.send('write', 100 + this.#host, this.#host, bytes);
  }

  close(): void {
    this.#daemon.send('close', 100 + this.#host, this.#host);
  }
}

function refusing(...services: string[]): ScriptedAdbd {
  return openDaemon(({ command, arg0, text }, daemon) => {
    if (nameOf(command) !== 'open') return;
    if (services.some((service) => text.startsWith(service))) {
      daemon.send('close', 0, arg0);
      return;
    }
    daemon.send('okay', 9, arg0);
    daemon.send('write', 9, arg0, `${text}\r\n`);
    daemon.send('close', 9, arg0);
  }, 'device::features=cmd');
}

describe('a shell of old', () => {
  it('gives the bytes as they are and no exit code', async () => {
    const adb = await sessionOver(refusing());
    expect(await adb.shell('id', wait)).toEqual({
      output: 'exec:id\r\n',
      errorOutput: '',
      exitCode: null,
    });
  });

  it('older still, has a terminal’s line ends taken out', async () => {
    const adb = await sessionOver(refusing('exec:'));
    expect(await adb.shell('id', wait)).toMatchObject({ output: 'shell:id\n', exitCode: null });
  });
});

describe('a script too long for the daemon', () => {
  it('is not sent', async () => {
    const adb = await sessionOver(openDaemon());
    const script = 'x'.repeat(1024 * 1024);
    expect((await adbFault(adb.shell(script, wait))).code).toBe('message-too-large');
  });
});

describe('a restart', () => {
  it.each([
    ['system', 'reboot:'],
    ['sideload-auto-reboot', 'reboot:sideload-auto-reboot'],
  ] as const)('to %s is done when the line breaks', async (target, service) => {
    let asked: string | null = null;
    const daemon = daemonThat((_, opened) => {
      asked = opened;
      setImmediate(() => daemon.vanish());
    });
    const adb = await sessionOver(daemon);
    await adb.reboot(target, wait);
    expect(asked).toBe(service);
    expect(await adb.closed).toMatchObject({ code: 'port-vanished' });
  });

  it('is accepted also where the line stays for a while', async () => {
    const adb = await sessionOver(daemonThat(() => undefined));
    await expect(adb.reboot('recovery', { timeoutMs: 50 })).resolves.toBeUndefined();
  });

  it('that the daemon refuses in text is told with it', async () => {
    const daemon = daemonThat((stream) => {
      stream.write('reboot failed: Permission denied\n');
      stream.close();
    });
    const adb = await sessionOver(daemon);
    expect(await adbFault(adb.reboot('system', wait))).toMatchObject({
      code: 'command-refused',
      facts: { service: 'reboot', text: 'reboot failed: Permission denied' },
    });
  });
});

describe('a push', () => {
  const options = { ...terms, sizeBytes: 32 * BLOCK, modeBits: 0o644, mtimeSeconds: 0 };
  const fail = Buffer.concat([Buffer.from('FAIL\x0d\0\0\0'), Buffer.from('No space left')]);
  const blocks = async function* (count: number) {
    for (let left = count; left > 0; left--) yield await Promise.resolve(Buffer.alloc(BLOCK));
  };
  const pushed = async (adb: AdbSession, count: number) => {
    const push = adb.push('/sdcard/file', blocks(count), options);
    while (!(await push.next()).done);
  };

  it('that is refused in the middle stops there, with the daemon’s reason', async () => {
    const daemon = daemonThat((stream, service) => {
      if (service === null) stream.write(fail);
    });
    const adb = await sessionOver(daemon);
    expect(await adbFault(pushed(adb, 32))).toMatchObject({
      code: 'transfer-refused',
      facts: { path: '/sdcard/file', text: 'No space left' },
    });
    expect(daemon.seen.filter((name) => name === 'write').length).toBeLessThan(6);
  });

  it.each([31, 33])('whose source gives %i blocks instead of 32 is not ended', async (count) => {
    let bytes = Buffer.alloc(0);
    const daemon = daemonThat((_, __, more) => (bytes = Buffer.concat([bytes, more])));
    const adb = await sessionOver(daemon);
    await expect(pushed(adb, count)).rejects.toBeInstanceOf(RangeError);
    expect(bytes.includes('DONE')).toBe(false);
  });

  it('to a path that no daemon takes is not begun', async () => {
    const adb = await sessionOver(openDaemon());
    const push = adb.push(`/${'x'.repeat(1024)}`, blocks(32), options);
    expect((await adbFault(push.next())).code).toBe('message-too-large');
  });
});

it('closing tells whoever waits', async () => {
  const adb = await sessionOver(daemonThat(() => undefined));
  const waiting = adbFault(adb.shell('id', wait));
  await adb.close();
  expect((await waiting).code).toBe('cancelled');
  expect(await adb.closed).toBeNull();
});

describe('a recovery', () => {
  const size = 2 * BLOCK + 10;
  const whole = Buffer.alloc(size, 'abcdefghijk');
  const file = {
    sizeBytes: size,
    read: (from: number, length: number) => Promise.resolve(whole.subarray(from, from + length)),
  };

  /** Asks for `words` one after the other, each when the block before has come. */
  function recovery(...words: string[]): { daemon: ScriptedAdbd; got: Uint8Array[] } {
    const got: Uint8Array[] = [];
    const daemon = daemonThat((stream, service, bytes) => {
      if (service === null) got.push(Uint8Array.from(bytes));
      else expect(service).toBe(`sideload-host:${size}:${BLOCK}`);
      const word = words.shift();
      if (word === undefined) stream.close();
      else stream.write(word);
    }, 'sideload::');
    return { daemon, got };
  }

  it('gets the blocks that it asks for, in its order, as often as it asks', async () => {
    const { daemon, got } = recovery('00000002', '00000000', '       0', 'DONEDONE');
    const adb = await sessionOver(daemon);
    expect(await served(adb, file)).toEqual({ steps: 3, status: 'DONEDONE' });
    const first = new Uint8Array(whole.subarray(0, BLOCK));
    expect(got).toEqual([new Uint8Array(whole.subarray(2 * BLOCK)), first, first]);
  });

  it('that refuses the package is told so', async () => {
    const adb = await sessionOver(recovery('00000000', 'FAILFAIL').daemon);
    expect(await adbFault(served(adb, file))).toMatchObject({
      code: 'sideload-refused',
      facts: { status: 'FAILFAIL', offsetBytes: BLOCK },
    });
  });

  it('that hangs up without a word has refused, too', async () => {
    const adb = await sessionOver(recovery('00000001').daemon);
    expect((await adbFault(served(adb, file))).facts).toMatchObject({ status: 'closed' });
  });

  it.each(['00000003', '99999999', '-0000001', 'READY...', '0x000001'])(
    'that asks for block %s gets nothing',
    async (word) => {
      const { daemon, got } = recovery(word);
      const adb = await sessionOver(daemon);
      expect((await adbFault(served(adb, file))).code).toBe('reply-malformed');
      expect(got).toEqual([]);
    },
  );

  it('that asks without end is given up', async () => {
    const adb = await sessionOver(recovery(...Array<string>(1000).fill('00000000')).daemon);
    expect((await adbFault(served(adb, file))).facts).toMatchObject({ status: 'too-many-blocks' });
  });

  it('that falls silent is given up', async () => {
    const adb = await sessionOver(daemonThat(() => undefined));
    expect(await adbFault(served(adb, file, 50))).toMatchObject({
      code: 'reply-timeout',
      facts: { command: 'sideload', timeoutMs: 50, offsetBytes: 0 },
    });
  });
});

async function served(
  adb: AdbSession,
  file: Parameters<AdbSession['sideload']>[0],
  idleTimeoutMs = terms.idleTimeoutMs,
): Promise<{ steps: number; status: string }> {
  const serving = adb.sideload(file, { idleTimeoutMs });
  for (let steps = 0; ; steps++) {
    const step = await serving.next();
    if (step.done) return { steps, ...step.value };
  }
}
