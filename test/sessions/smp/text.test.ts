import { afterEach, describe, expect, it } from 'vitest';
import { encodeCborMap } from '../../../native-bridge/protocols/cbor.ts';
import { echo } from '../../../native-bridge/protocols/smp/os/index.ts';
import { encodeSerial } from '../../../native-bridge/protocols/smp/serial-framing.ts';
import { sessionFault } from '../../support/session-faults.ts';
import { echoing, replyPacket, ScriptedTerminal } from '../../support/scripted-terminal.ts';

const wait = { timeoutMs: 3000 };
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function connected(maxTextLines?: number) {
  const terminal = await ScriptedTerminal.start(echoing);
  const session = await terminal.connect({ maxTextLines });
  open.push(session, terminal);
  return { terminal, session, texts: () => session.textLines().map(({ text }) => text) };
}

describe("the device's own text", () => {
  it('is kept whole around the frames that cut it', async () => {
    const { terminal, session, texts } = await connected();
    terminal.become((request) => {
      const frame = encodeSerial(replyPacket(request, encodeCborMap({ r: 'x' })));
      terminal.send(
        Buffer.concat([Buffer.from('<inf> pay: 收'), frame, Buffer.from('款 12.50\r\n')]),
      );
    });
    await session.request(echo, { text: 'x' }, wait);
    await expect.poll(texts).toEqual(['<inf> pay: 收款 12.50']);
  });

  it('is handed out although its line does not end', async () => {
    const { terminal, texts } = await connected();
    terminal.send('uart:~$ ');
    await expect.poll(texts).toEqual(['uart:~$ ']);
  });

  it('is told to whoever listens, until they stop', async () => {
    const { terminal, session, texts } = await connected();
    const heard: string[] = [];
    const stop = session.onText(({ text, atUtc }) => heard.push(`${text} ${atUtc.length}`));
    terminal.send('one\n');
    await expect.poll(() => heard).toEqual(['one 24']);
    stop();
    terminal.send('two\n');
    await expect.poll(texts).toEqual(['one', 'two']);
    expect(heard).toHaveLength(1);
  });

  it('whose listener fails ends the session, and nobody waits in vain', async () => {
    const { terminal, session } = await connected();
    session.onText(() => {
      throw new Error('listener');
    });
    terminal.become(() => terminal.send('one\n'));
    const fault = await sessionFault(session.request(echo, { text: 'x' }, { timeoutMs: 60_000 }));
    expect(fault).toMatchObject({ code: 'port-failed', cause: { message: 'listener' } });
    expect(await session.closed).toBe(fault);
    expect(await session.port.closed).toBeNull();
  });

  it('whose listener fails at a line without an end does so too', async () => {
    const { terminal, session } = await connected();
    session.onText(() => {
      throw new Error('listener');
    });
    terminal.become(() => terminal.send('prompt> '));
    const fault = await sessionFault(session.request(echo, { text: 'x' }, { timeoutMs: 5_000 }));
    expect(fault).toMatchObject({ code: 'port-failed', cause: { message: 'listener' } });
    expect(await session.closed).toBe(fault);
  });

  it('is kept to a limit, the last of it', async () => {
    const { terminal, texts } = await connected(100);
    terminal.send(Array.from({ length: 1000 }, (_, line) => `line ${line}\n`).join(''));
    await expect.poll(() => texts().at(-1)).toBe('line 999');
    expect([texts().length, texts()[0]]).toEqual([100, 'line 900']);
  });

  it('without any line end stays bounded', async () => {
    const { terminal, session } = await connected(100);
    terminal.send('x'.repeat(1_000_000));
    await expect.poll(() => session.statistics().bytesReceived).toBe(1_000_000);
    expect(Math.max(...session.textLines().map(({ text }) => text.length))).toBeLessThan(5000);
    expect(session.textLines().length).toBeLessThanOrEqual(100);
  });
});
