import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { settingRead, settingWrite } from '../../../native-bridge/protocols/smp/settings/index.ts';
import { imageStateRead } from '../../../native-bridge/protocols/smp/image/index.ts';
import { echo, reset } from '../../../native-bridge/protocols/smp/os/index.ts';
import { encodeSerial } from '../../../native-bridge/protocols/smp/serial-framing.ts';
import { shellExecute } from '../../../native-bridge/protocols/smp/shell/index.ts';
import type { SmpMessage } from '../../../native-bridge/protocols/smp/command.ts';
import type {
  SmpSession,
  SmpSessionOptions,
} from '../../../native-bridge/sessions/smp/smp-session.ts';
import {
  echoing,
  replyPacket,
  type Script,
  ScriptedTerminal,
} from '../../support/scripted-terminal.ts';
import { sessionFault } from '../../support/session-faults.ts';

const wait = { timeoutMs: 3000 };
const soon = { timeoutMs: 90 };
const open: { close(): Promise<void> }[] = [];

async function connected(
  script: Script,
  options: SmpSessionOptions = {},
): Promise<{ terminal: ScriptedTerminal; session: SmpSession }> {
  const terminal = await ScriptedTerminal.start(script);
  const session = await terminal.connect(options);
  open.push(session, terminal);
  return { terminal, session };
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('a request', () => {
  it('gets its answer', async () => {
    const { session } = await connected(echoing);
    expect(await session.request(echo, { text: '收款' }, wait)).toEqual({ text: '收款' });
  });

  it('gets its own answer, whatever the order', async () => {
    const asked: SmpMessage[] = [];
    const { session } = await connected((request, terminal) => {
      if (asked.push(request) < 20) return;
      for (const each of asked.reverse()) echoing(each, terminal);
    });
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    const replies = await Promise.all(texts.map((text) => session.request(echo, { text }, wait)));
    expect(replies.map(({ text }) => text)).toEqual(texts);
  });

  it('says what was refused, in either version of an error', async () => {
    const { session, terminal } = await connected((request) =>
      terminal.reply(request, { err: { group: 3, rc: 3 } }),
    );
    const read = () => sessionFault(session.request(settingRead, { key: 'a/b' }, wait));
    expect(await read()).toMatchObject({
      code: 'command-refused',
      facts: { command: 'settings/read', group: 3, rc: 3, meaning: 'settings/key-not-found' },
    });
    terminal.become((request) => terminal.reply(request, { rc: 5 }));
    const facts = { command: 'settings/read', rc: 5, meaning: 'no-entry' };
    expect(await read()).toMatchObject({ code: 'command-refused', facts });
    terminal.become((request) => terminal.reply(request, { rc: 8 }));
    expect(await read()).toMatchObject({ code: 'command-unsupported' });
  });

  it('that gets nonsense says so at once', async () => {
    const { session, terminal } = await connected((request) => terminal.reply(request, { x: 1 }));
    const nonsense = () => sessionFault(session.request(echo, { text: 'x' }, wait));
    expect(await nonsense()).toMatchObject({
      code: 'reply-malformed',
      facts: { command: 'os/echo', problem: 'field-missing', field: 'r' },
    });
    const truncated = Uint8Array.of(0xbf, 0x61);
    terminal.become((request) => terminal.send(encodeSerial(replyPacket(request, truncated))));
    expect(await nonsense()).toMatchObject({ facts: { problem: 'body-truncated' } });
  });

  it('is not ended by the broken answer to one that was given up', async () => {
    const asked: SmpMessage[] = [];
    const { session, terminal } = await connected((request) => void asked.push(request));
    await sessionFault(session.request(echo, { text: 'first' }, { timeoutMs: 60, sendings: 1 }));
    const second = session.request(echo, { text: 'second' }, { ...wait, sendings: 1 });
    await expect.poll(() => asked.length).toBe(2);
    const [old, current] = asked;
    if (!old || !current) throw new Error('nothing was asked');
    terminal.send(encodeSerial(replyPacket(old, Uint8Array.of(0xbf, 0x61))));
    terminal.reply(current, { r: 'second' });
    expect(await second).toEqual({ text: 'second' });
    expect(session.statistics()).toMatchObject({ late: 1 });
  });

  it('is still sent to a device that tells nonsense of its buffers', async () => {
    const { session, terminal } = await connected((request) =>
      terminal.reply(request, { buf_size: 0, buf_count: 0 }),
    );
    expect(await session.parameters(wait)).toBeNull();
    terminal.become(echoing);
    expect(await session.request(echo, { text: 'x' }, wait)).toEqual({ text: 'x' });
  });

  it('is sent again when its answer is lost, if that does no harm', async () => {
    const { session, terminal } = await connected((request) => {
      if (terminal.requests.length > 1) echoing(request, terminal);
    });
    expect(await session.request(echo, { text: 'x' }, { timeoutMs: 300 })).toEqual({ text: 'x' });
    expect(terminal.requests).toHaveLength(2);
    expect(session.statistics()).toMatchObject({ lost: 1, framesSent: 2, framesReceived: 1 });
  });

  it('that restarts the device is sent once, answered or not', async () => {
    const { session, terminal } = await connected(echoing);
    await session.request(echo, { text: 'x' }, wait);
    terminal.become(() => undefined);
    const fault = await sessionFault(session.request(reset, {}, soon));
    expect(fault).toMatchObject({ code: 'reply-timeout', facts: { command: 'os/reset' } });
    expect(terminal.requests.filter(({ header }) => header.id === 5)).toHaveLength(1);
  });

  it('ends in its deadline when nobody answers', async () => {
    const { session, terminal } = await connected(() => undefined);
    const startMs = performance.now();
    const fault = await sessionFault(session.request(echo, { text: 'x' }, soon));
    expect(fault).toMatchObject({
      code: 'reply-timeout',
      facts: { command: 'os/echo', timeoutMs: 90 },
    });
    expect(performance.now() - startMs).toBeLessThan(1000);
    expect(terminal.requests).toHaveLength(3);
  });

  it('ends at once when it is cancelled, and its answer is then late', async () => {
    const { session, terminal } = await connected(() => undefined);
    const abort = new AbortController();
    const asked = sessionFault(
      session.request(echo, { text: 'x' }, { ...wait, signal: abort.signal }),
    );
    await expect.poll(() => terminal.requests.length).toBe(1);
    abort.abort();
    expect((await asked).code).toBe('cancelled');
    echoing(terminal.requests[0] as SmpMessage, terminal);
    await expect.poll(() => session.statistics().late).toBe(1);
  });

  it('is not sent when it is cancelled before', async () => {
    const { session, terminal } = await connected(echoing);
    const signal = AbortSignal.abort();
    const fault = await sessionFault(session.request(echo, { text: 'x' }, { ...wait, signal }));
    expect(fault.code).toBe('cancelled');
    await session.request(echo, { text: 'y' }, wait);
    expect(terminal.requests).toHaveLength(1);
  });

  it('that is too large for the device is not sent', async () => {
    const { session, terminal } = await connected((request) =>
      terminal.reply(request, { buf_size: 128, buf_count: 2 }),
    );
    expect(await session.parameters(wait)).toEqual({ bufferBytes: 128, bufferCount: 2 });
    const value = new Uint8Array(120);
    const fault = await sessionFault(session.request(settingWrite, { key: 'a', value }, wait));
    expect(fault).toMatchObject({ code: 'message-too-large', facts: { maxBytes: 124 } });
    expect(terminal.requests).toHaveLength(1);
  });

  it('that is waiting ends with the port', async () => {
    const { session, terminal } = await connected(
      (request) => {
        if (request.header.sequence === 9) terminal.hangUp();
      },
      { firstSequence: 0 },
    );
    const asked = Array.from({ length: 10 }, () =>
      sessionFault(session.request(imageStateRead, undefined, { timeoutMs: 60_000 })),
    );
    const codes = (await Promise.all(asked)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['port-vanished']));
    expect(await session.closed).toMatchObject({ code: 'port-vanished' });
    expect((await sessionFault(session.request(echo, { text: 'x' }, wait))).code).toBe(
      'port-vanished',
    );
  });

  it('that is waiting is cancelled when the session is closed', async () => {
    const { session } = await connected(() => undefined);
    const asked = sessionFault(session.request(echo, { text: 'x' }, { timeoutMs: 60_000 }));
    await session.close();
    expect((await asked).code).toBe('cancelled');
    expect(await session.closed).toBeNull();
  });
});

describe('replies', () => {
  it('that come twice, late or to nothing are counted, and do no harm', async () => {
    const { session, terminal } = await connected((request) => {
      echoing(request, terminal);
      echoing(request, terminal);
      terminal.reply(request, { r: 'x' }, { sequence: (request.header.sequence + 99) % 256 });
      terminal.reply(request, { r: 'x' }, { group: 1 });
    });
    expect(await session.request(echo, { text: 'x' }, wait)).toEqual({ text: 'x' });
    await expect.poll(() => session.statistics()).toMatchObject({ double: 1, foreign: 2, late: 0 });
  });

  it('that come after the request was sent again still answer it', async () => {
    const { session, terminal } = await connected((request) => {
      if (terminal.requests.length === 2) echoing(terminal.requests[0] as SmpMessage, terminal);
      if (terminal.requests.length === 2) echoing(request, terminal);
    });
    expect(await session.request(echo, { text: 'x' }, { timeoutMs: 300 })).toEqual({ text: 'x' });
    await expect.poll(() => session.statistics()).toMatchObject({ lost: 1, late: 1, double: 1 });
  });

  it('that are our own requests mean a port that echoes', async () => {
    const { session, terminal } = await connected(() => undefined);
    terminal.become(() => terminal.send(terminal.received.at(-1) as Uint8Array));
    const fault = await sessionFault(session.request(echo, { text: 'x' }, soon));
    expect(fault).toMatchObject({ code: 'port-echoes', facts: { command: 'os/echo' } });
    expect(session.statistics()).toMatchObject({ echoed: 1, foreign: 0 });
  });

  it('are found behind a shell that echoes what it is typed', async () => {
    const { session, terminal } = await connected((request) => {
      terminal.send(terminal.received.at(-1) as Uint8Array);
      echoing(request, terminal);
    });
    expect(await session.request(echo, { text: 'x' }, wait)).toEqual({ text: 'x' });
  });

  it('with a wrong checksum are counted, and the request is sent again', async () => {
    const { session, terminal } = await connected((request) => {
      const bytes = encodeSerial(replyPacket(request, Uint8Array.of(0xa1, 0x61, 0x72, 0x61, 0x78)));
      if (terminal.requests.length === 1) bytes[12] = (bytes[12] as number) ^ 1;
      terminal.send(bytes);
    });
    expect(await session.request(echo, { text: 'x' }, { timeoutMs: 300 })).toEqual({ text: 'x' });
    expect(session.statistics()).toMatchObject({ badFrames: 1, lost: 1 });
  });

  it('are found behind whatever else is on the line', async () => {
    const noise = { bytes: new Uint8Array(0) };
    const { session, terminal } = await connected((request) => {
      terminal.send(noise.bytes);
      terminal.send('\n');
      echoing(request, terminal);
    });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(fc.constantFrom(0x06, 0x09, 0x04, 0x14, 0x41, 0x3d, 0x0a), { maxLength: 60 }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.string(), async (before, text) => {
        noise.bytes = Uint8Array.from(before);
        expect(await session.request(echo, { text }, wait)).toEqual({ text });
      }),
    );
    expect(session.statistics()).toMatchObject({ lost: 0 });
  });

  it('take a time that is measured', async () => {
    const { session } = await connected(echoing);
    expect(session.statistics().roundTrip).toBeNull();
    for (const text of ['a', 'b', 'c']) await session.request(echo, { text }, wait);
    const { roundTrip } = session.statistics();
    expect(roundTrip?.count).toBe(3);
    expect(roundTrip?.minMs).toBeLessThanOrEqual(roundTrip?.meanMs ?? 0);
    expect(roundTrip?.meanMs).toBeLessThanOrEqual(roundTrip?.maxMs ?? 0);
  });
});

describe('the header version', () => {
  const versions = (terminal: ScriptedTerminal): number[] =>
    terminal.requests.map(({ header }) => header.version);

  it('is 2 where the device speaks it', async () => {
    const { session, terminal } = await connected(echoing);
    await session.request(echo, { text: 'x' }, wait);
    expect([session.headerVersion, versions(terminal)]).toEqual([2, [2]]);
  });

  it('becomes 1 where the device answers so', async () => {
    const { session, terminal } = await connected((request) =>
      terminal.reply(request, { r: 'x' }, { version: 1 }),
    );
    await session.request(echo, { text: 'x' }, wait);
    await session.request(echo, { text: 'x' }, wait);
    expect(versions(terminal)).toEqual([2, 1]);
  });

  it('is found where a boot loader drops version 2 without a word', async () => {
    const { session, terminal } = await connected((request) => {
      if (request.header.version === 1) echoing(request, terminal);
    });
    await session.request(echo, { text: 'x' }, { timeoutMs: 300 });
    await session.request(echo, { text: 'x' }, wait);
    expect(versions(terminal)).toEqual([2, 1, 1]);
  });

  it('is found before what may be sent only once', async () => {
    const { session, terminal } = await connected((request) => {
      if (request.header.version === 1) terminal.reply(request, { rc: 0, o: '', ret: 0 });
    });
    await session.request(shellExecute, { argv: ['ls'] }, { timeoutMs: 300 });
    const shells = terminal.requests.filter(({ header }) => header.group === 9);
    expect(shells.map(({ header }) => header.version)).toEqual([1]);
  });

  it('is changed where the device refuses it as too new', async () => {
    const { session, terminal } = await connected((request) => {
      if (request.header.version === 2) terminal.reply(request, { rc: 13 });
      else echoing(request, terminal);
    });
    expect(await session.request(echo, { text: 'x' }, wait)).toEqual({ text: 'x' });
    expect(versions(terminal)).toEqual([2, 1]);
  });

  it('is looked for again when the device falls silent', async () => {
    const { session, terminal } = await connected(echoing);
    await session.request(echo, { text: 'x' }, wait);
    terminal.become(() => undefined);
    await sessionFault(session.request(echo, { text: 'x' }, soon));
    terminal.become((request) => {
      if (request.header.version === 1) echoing(request, terminal);
    });
    expect(await session.request(echo, { text: 'x' }, { timeoutMs: 300 })).toEqual({ text: 'x' });
  });
});
