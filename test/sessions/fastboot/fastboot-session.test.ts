import { describe, expect, test } from 'vitest';
import { openPort } from '../../../native-bridge/ports/open-port.ts';
import { TcpFastbootLink } from '../../../native-bridge/sessions/fastboot/tcp-link.ts';
import {
  FastbootDevice,
  overTcp,
  sessionOverTcp,
  sessionOverUsb,
  type FastbootScript,
} from '../../support/fastboot-device.ts';

const wait = { timeoutMs: 5000 };
const short = { timeoutMs: 50 };

const variables: FastbootScript = (command) => {
  if (command !== 'getvar:all')
    return command === 'getvar:current-slot' ? ['OKAYb'] : ['FAILno such'];
  return ['INFOproduct:m1', 'INFOmax-download-size:0x1000', 'INFOunlocked:no', 'OKAYDone!!'];
};

async function sendAll(work: AsyncGenerator<{ sentBytes: number }>): Promise<number[]> {
  const seen: number[] = [];
  for await (const { sentBytes } of work) seen.push(sentBytes);
  return seen;
}

function source(sizeBytes: number, pieceBytes: number, actualBytes = sizeBytes) {
  const content = Buffer.alloc(actualBytes, 'payment');
  return {
    sizeBytes,
    content,
    async *pieces() {
      await Promise.resolve();
      for (let at = 0; at < actualBytes; at += pieceBytes)
        yield content.subarray(at, at + pieceBytes);
    },
  };
}

const links = [
  ['TCP', (device: FastbootDevice) => sessionOverTcp(device)],
  ['TCP, byte by byte', (device: FastbootDevice) => sessionOverTcp(device, { trickle: true })],
  ['USB', (device: FastbootDevice) => Promise.resolve(sessionOverUsb(device).session)],
] as const;

describe.each(links)('over %s', (_name, connect) => {
  test('a boot loader tells what it is, and is asked by name for what it left out', async () => {
    const device = new FastbootDevice(variables);
    const said = await (await connect(device)).getvarAll(wait);
    expect(said).toMatchObject({
      product: 'm1',
      maxDownloadBytes: 0x1000,
      unlocked: false,
      currentSlot: 'b',
      slotCount: null,
    });
    expect(device.commands).not.toContain('getvar:product');
  });

  test('an image is handed over and flashed', async () => {
    const device = new FastbootDevice((command) =>
      command === 'flash:boot_a' ? ['INFOwriting', 'INFOstill', 'OKAY'] : [],
    );
    const session = await connect(device);
    const image = source(300_000, 4096);
    expect(await sendAll(session.download(image, wait))).toEqual([131_072, 262_144, 300_000]);
    expect(await session.flash('boot_a', wait)).toEqual({ text: '', lines: ['writing', 'still'] });
    expect(device.downloads[0]?.equals(image.content)).toBe(true);
    expect(device.commands).toEqual(['download:000493e0', 'flash:boot_a']);
  });
});

test('slots, erase, restart and fastbootd have their commands', async () => {
  const device = new FastbootDevice((command) => [
    command === 'getvar:is-userspace' ? 'OKAYyes' : 'OKAY',
  ]);
  const { session } = sessionOverUsb(device);
  await session.erase('cache', wait);
  await session.setActive('b', wait);
  expect(await session.isUserspace(wait)).toBe(true);
  await session.reboot('fastboot', wait);
  expect(device.commands).toEqual([
    'erase:cache',
    'set_active:b',
    'getvar:is-userspace',
    'reboot-fastboot',
  ]);
});

test('a restart that takes the reply with it is one all the same', async () => {
  const { port, session } = sessionOverUsb(new FastbootDevice());
  const restarted = session.reboot('system', wait);
  port.vanish();
  await expect(restarted).resolves.toBeUndefined();
});

test('a name with a colon never becomes another command', async () => {
  const device = new FastbootDevice(() => ['OKAY']);
  await expect(sessionOverUsb(device).session.flash('a:b', wait)).rejects.toThrow(RangeError);
  expect(device.commands).toEqual([]);
});

describe('a boot loader that says no', () => {
  const answering = (reply: string) => sessionOverUsb(new FastbootDevice(() => [reply])).session;

  test('is refused with its own words, on one line', async () => {
    await expect(answering('FAILno\n\u001b[31m partition').flash('x', wait)).rejects.toMatchObject({
      code: 'command-refused',
      facts: { command: 'flash:x', words: 'no [31m partition' },
    });
  });

  test('because it is locked has a code of its own', async () => {
    await expect(
      answering('FAILnot allowed in locked state').flash('x', wait),
    ).rejects.toMatchObject({
      code: 'bootloader-locked',
    });
  });

  test('to a download that it is locked for gets no data', async () => {
    const device = new FastbootDevice(() => ['FAILdownload is not allowed on locked devices']);
    const work = sendAll(sessionOverUsb(device).session.download(source(10, 10), wait));
    await expect(work).rejects.toMatchObject({ code: 'bootloader-locked' });
    expect(device.downloads).toEqual([]);
  });

  test('goes on answering afterwards', async () => {
    const device = new FastbootDevice((command) => [command === 'flash:x' ? 'FAILno' : 'OKAYm1']);
    const { session } = sessionOverUsb(device);
    await expect(session.flash('x', wait)).rejects.toMatchObject({ code: 'command-refused' });
    expect(await session.getvar('product', wait)).toBe('m1');
  });
});

describe('a boot loader that misbehaves', () => {
  test('by silence ends in the deadline, and its late answer is not taken for another’s', async () => {
    const { port, session } = sessionOverUsb(new FastbootDevice());
    await expect(session.getvar('product', short)).rejects.toMatchObject({
      code: 'reply-timeout',
      facts: { command: 'getvar:product', timeoutMs: 50 },
    });
    port.say(Buffer.from('OKAYlate'));
    await expect(session.getvar('serialno', wait)).rejects.toMatchObject({ code: 'reply-timeout' });
  });

  test('is left by a cancel', async () => {
    const { session } = sessionOverUsb(new FastbootDevice());
    const abort = new AbortController();
    const asked = session.getvar('product', { ...wait, signal: abort.signal });
    abort.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  });

  test.each(['hello', 'DATA00000001', `OKAY${'x'.repeat(300)}`])(
    'by %j is malformed',
    async (reply) => {
      const { session } = sessionOverUsb(new FastbootDevice(() => [reply]));
      const asked = session.request('getvar:x', wait);
      await expect(asked).rejects.toMatchObject({ code: 'reply-malformed' });
    },
  );

  test('by lines without end is stopped', async () => {
    const device = new FastbootDevice(() => Array.from({ length: 30_000 }, () => 'INFOx'));
    const asked = sessionOverUsb(device).session.request('oem log', wait);
    await expect(asked).rejects.toMatchObject({
      code: 'reply-malformed',
      facts: { problem: 'endless' },
    });
  });

  test('by empty transfers without end is stopped', async () => {
    const { port, session } = sessionOverUsb(new FastbootDevice());
    for (let n = 0; n < 100; n++) port.say(new Uint8Array());
    await expect(session.getvar('x', wait)).rejects.toMatchObject({ code: 'reply-timeout' });
  });

  test('by wanting another size than announced gets no byte', async () => {
    const device = new FastbootDevice(() => ['DATA00000005']);
    const work = sendAll(sessionOverUsb(device).session.download(source(10, 10), wait));
    await expect(work).rejects.toMatchObject({ code: 'reply-malformed' });
    expect(device.downloads).toEqual([]);
  });

  test('by taking no more is told how far it came', async () => {
    const { port, session } = sessionOverUsb(new FastbootDevice());
    const work = session.download(source(400_000, 100_000), short);
    await work.next();
    port.stall();
    await expect(work.next()).rejects.toMatchObject({
      code: 'upload-stalled',
      facts: { offsetBytes: 131_072 },
    });
  });

  test('by taking no more is heard out, where it says why', async () => {
    const { port, session } = sessionOverUsb(new FastbootDevice());
    const work = session.download(source(400_000, 100_000), short);
    await work.next();
    port.stall();
    port.say(Buffer.from('FAILout of memory'));
    await expect(work.next()).rejects.toMatchObject({
      code: 'command-refused',
      facts: { words: 'out of memory' },
    });
  });

  test.each(['HTTP', 'FB00'])(
    'by greeting with %j over TCP is no boot loader',
    async (greeting) => {
      const line = await overTcp(new FastbootDevice(), { greeting });
      const port = await openPort(line.url, wait);
      await expect(TcpFastbootLink.open(port, wait)).rejects.toMatchObject({
        problem: 'handshake',
      });
      await port.close();
    },
  );
});

describe('a download', () => {
  test('that is left early ends the session: the device waits for the rest', async () => {
    const { session } = sessionOverUsb(new FastbootDevice());
    for await (const { sentBytes } of session.download(source(500_000, 1000), wait)) {
      if (sentBytes >= 200_000) break;
    }
    await expect(session.getvar('x', wait)).rejects.toMatchObject({ code: 'cancelled' });
  });

  test.each([4999, 5001])(
    'of %i bytes in place of 5000 is never completed',
    async (actualBytes) => {
      const device = new FastbootDevice();
      const { session } = sessionOverUsb(device);
      const work = sendAll(session.download(source(5000, 1000, actualBytes), wait));
      await expect(work).rejects.toThrow(RangeError);
      await expect(session.flash('x', wait)).rejects.toMatchObject({ code: 'cancelled' });
      expect(device.commands).toEqual(['download:00001388']);
    },
  );

  test('too large for its command is not begun', async () => {
    const device = new FastbootDevice();
    const work = sendAll(sessionOverUsb(device).session.download(source(2 ** 32, 1, 0), wait));
    await expect(work).rejects.toMatchObject({ code: 'message-too-large' });
    expect(device.commands).toEqual([]);
  });
});

test('over USB whole packets are asked for, so that a device may fill them', async () => {
  const device = new FastbootDevice(() => ['OKAY']);
  for (const [packetBytes, asked] of [
    [64, 256],
    [512, 512],
    [1024, 1024],
  ] as const) {
    const { port, session } = sessionOverUsb(device, packetBytes);
    await session.request('getvar:x', wait);
    expect(port.asked).toEqual([asked]);
  }
});
