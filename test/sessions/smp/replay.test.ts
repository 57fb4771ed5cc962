/** A recording in a terminal's place: the same questions get the same answers. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { PortError } from '../../../native-bridge/ports/port.ts';
import { parseOpenings } from '../../../native-bridge/ports/recording-file.ts';
import { ReplayPort } from '../../../native-bridge/ports/replay-port.ts';
import { imageStateRead } from '../../../native-bridge/protocols/smp/image/index.ts';
import { echo, osInfo } from '../../../native-bridge/protocols/smp/os/index.ts';
import { encodeSerial } from '../../../native-bridge/protocols/smp/serial-framing.ts';
import { settingRead, settingWrite } from '../../../native-bridge/protocols/smp/settings/index.ts';
import { statisticsGroup } from '../../../native-bridge/protocols/smp/statistics/index.ts';
import { Recording } from '../../../native-bridge/sessions/recording.ts';
import { smpScripts } from '../../../native-bridge/sessions/smp/replay-script.ts';
import { SmpSession } from '../../../native-bridge/sessions/smp/smp-session.ts';
import { type Script, ScriptedTerminal } from '../../support/scripted-terminal.ts';

const wait = { timeoutMs: 3000 };
const encoder = new TextEncoder();
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** What a session with a terminal that keeps settings, and echoes, left in its recording. */
async function recorded(
  script: Script,
  talk: (session: SmpSession) => Promise<unknown>,
): Promise<string> {
  const lines: string[] = [];
  const sink = { write: (line: string) => void lines.push(line), close: () => Promise.resolve() };
  const terminal = await ScriptedTerminal.start(script);
  const session = await terminal.connect({ recording: new Recording(sink), firstSequence: 200 });
  open.push(session, terminal);
  session.setSecretKeys(new Set(['wifi/psk']));
  await talk(session);
  return lines.join('');
}

function scriptsOf(recording: string) {
  const scripts = smpScripts(parseOpenings(recording), 'talk.jsonl');
  if (!scripts) throw new Error('no requests in it');
  return scripts;
}

function replayed(recording: string, scripts = scriptsOf(recording), opening = 0): SmpSession {
  const script = scripts[opening];
  if (!script) throw new Error(`no opening ${opening}`);
  const options = { url: 'replay:///talk.jsonl', name: 'talk.jsonl', baud: null, pace: 0 };
  const session = SmpSession.open(new ReplayPort(script, options));
  open.push(session);
  return session;
}

/** Settings that can be written and read; it says each write aloud. */
function keeper(): Script {
  const values = new Map<string, Uint8Array>([['a', encoder.encode('old')]]);
  return (request, terminal) => {
    const { group, operation } = request.header;
    const name = request.body.get('name') as string;
    const value = request.body.get('val');
    if (group === 0) terminal.reply(request, { r: request.body.get('d') as string });
    else if (operation === 'read')
      terminal.reply(request, { val: values.get(name) ?? encoder.encode('') });
    else if (value instanceof Uint8Array) {
      values.set(name, value);
      terminal.send(`wrote ${name}\r\n`);
      terminal.reply(request, {});
    }
  };
}

const read = async (session: SmpSession, key: string): Promise<string> =>
  new TextDecoder().decode((await session.request(settingRead, { key }, wait)).value);
const write = (session: SmpSession, key: string, value: string) =>
  session.request(settingWrite, { key, value: encoder.encode(value) }, wait);

describe('a replayed session', () => {
  it('gets the recorded answers in any order and under any sequence number', async () => {
    const recording = await recorded(keeper(), async (session) => {
      await session.request(echo, { text: 'one' }, wait);
      await read(session, 'a');
      await session.request(echo, { text: 'two' }, wait);
    });
    const session = replayed(recording);
    expect(await session.request(echo, { text: 'two' }, wait)).toEqual({ text: 'two' });
    expect(await read(session, 'a')).toBe('old');
    expect(await session.request(echo, { text: 'one' }, wait)).toEqual({ text: 'one' });
    expect(session.statistics()).toMatchObject({ foreign: 0, late: 0, lost: 0 });
  });

  it('reads the old value before the write and the new one after it, however often', async () => {
    const recording = await recorded(keeper(), async (session) => {
      for (let times = 0; times < 3; times++) await read(session, 'a');
      await write(session, 'a', 'new');
      await read(session, 'a');
    });
    const session = replayed(recording);
    expect(await read(session, 'a')).toBe('old');
    await write(session, 'a', 'new');
    expect([await read(session, 'a'), await read(session, 'a')]).toEqual(['new', 'new']);
    expect(session.textLines().map(({ text }) => text)).toEqual(['wrote a']);
  });

  it('is told at once, and by name, what the recording has no answer to', async () => {
    const recording = await recorded(keeper(), (session) => write(session, 'a', 'new'));
    const session = replayed(recording);
    await write(session, 'a', 'new');
    const fault = { code: 'not-recorded', facts: { command: 'settings/write', asked: 'name=a' } };
    await expect(write(session, 'a', 'new')).rejects.toMatchObject(fault);
    await expect(write(session, 'a', 'other')).rejects.toBeInstanceOf(PortError);
    await expect(read(session, 'b')).rejects.toMatchObject({
      facts: { port: 'talk.jsonl', command: 'settings/read', asked: 'name=b' },
    });
  });

  it('meets silence where the terminal was silent', async () => {
    const recording = await recorded(
      () => undefined,
      (session) =>
        session.request(echo, { text: 'x' }, { timeoutMs: 60, sendings: 2 }).catch(() => undefined),
    );
    const asked = replayed(recording).request(echo, { text: 'x' }, { timeoutMs: 60, sendings: 2 });
    await expect(asked).rejects.toMatchObject({ code: 'reply-timeout' });
  });

  it('may write any secret where the recording has a dummy', async () => {
    const recording = await recorded(keeper(), async (session) => {
      await write(session, 'wifi/psk', 'hunter2-hunter2');
      await write(session, 'a', 'hunter2-hunter2');
    });
    const session = replayed(recording);
    await write(session, 'wifi/psk', 'another one');
    await write(session, 'a', 'hunter2-hunter2');
  });

  it('gets a reply that can not be read as one that can not be read', async () => {
    const recording = await recorded(
      (request, terminal) => {
        const header = { ...request.header, operation: 'read-reply' };
        const packet = Uint8Array.of(
          9,
          0,
          0,
          3,
          0,
          header.group,
          header.sequence,
          header.id,
          1,
          2,
          3,
        );
        terminal.send(encodeSerial(packet));
      },
      (session) => session.request(osInfo, { format: 'a' }, wait).catch(() => undefined),
    );
    const asked = replayed(recording).request(osInfo, { format: 'a' }, wait);
    await expect(asked).rejects.toMatchObject({ code: 'reply-malformed' });
  });

  it('finds a line that echoes', async () => {
    const recording = await recorded(
      (_request, terminal) => terminal.send(terminal.received.at(-1) ?? ''),
      (session) => session.request(echo, { text: 'x' }, { timeoutMs: 200 }).catch(() => undefined),
    );
    const asked = replayed(recording).request(echo, { text: 'x' }, { timeoutMs: 200 });
    await expect(asked).rejects.toMatchObject({ code: 'port-echoes' });
  });

  it('loses its port where the terminal went, and goes on where it came back', async () => {
    const before = await recorded(keeper(), (session) => read(session, 'a'));
    const after = await recorded(keeper(), async (session) => {
      await write(session, 'a', 'new');
      await read(session, 'a');
    });
    const opened = '{"ms":0,"port":"opened"}\n';
    const all = `${opened}${before}{"ms":9999,"port":"vanished"}\n${opened}${after}`;
    const scripts = scriptsOf(all);
    const first = replayed(all, scripts, 0);
    expect(await read(first, 'a')).toBe('old');
    expect(await first.closed).toMatchObject({ code: 'port-vanished' });
    const second = replayed(all, scripts, 1);
    expect(await read(second, 'a')).toBe('new');
  });

  it('of any bytes ends in an answer or a fault', async () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    const packet = bytes.map((raw) =>
      encodeSerial(Uint8Array.of(10, 0, 0, raw.length, 0, 0, 7, 0, ...raw)),
    );
    const entry = fc.record({
      from: fc.constantFrom('host', 'terminal'),
      bytes: fc.oneof(bytes, packet),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry), async (entries) => {
        const talk = entries.map((one, ms) => ({ ...one, ms }) as never);
        const scripts =
          smpScripts([{ openedMs: 0, baud: null, talk, vanishedMs: null }], 'x') ?? [];
        const [script] = scripts;
        if (!script) return;
        const session = SmpSession.open(
          new ReplayPort(script, { url: 'replay:///x', name: 'x', baud: null, pace: 0 }),
        );
        const asked = session.request(echo, { text: 'x' }, { timeoutMs: 20, sendings: 1 });
        await asked.catch((error: unknown) => expect(error).toHaveProperty('code'));
        await session.close();
      }),
      { numRuns: 50 },
    );
  });
});

describe("another client's recording of a real device", () => {
  const text = (name: string): string =>
    readFileSync(new URL(`../../fixtures/smp/${name}.jsonl`, import.meta.url), 'utf8');

  it('answers ours, though it asked with other bytes', async () => {
    const session = replayed(text('zephyr-3.5-groups'));
    const info = await session.request(osInfo, { format: 'a' }, wait);
    expect(info.output).toContain('native_sim_64');
    expect(await session.parameters(wait)).toMatchObject({ bufferBytes: 1024, bufferCount: 4 });
    const { fields } = await session.request(statisticsGroup, { name: 'smp_svr_stats' }, wait);
    expect(fields.size).toBeGreaterThan(0);
  });

  it("tells the boot loader's log with the answers", async () => {
    const session = replayed(text('zephyr-4.4-mcuboot-swap-revert'));
    const state = await session.request(imageStateRead, undefined, wait);
    expect(state.slots[0]).toMatchObject({ active: true, version: '2.0.0' });
    await expect(session.request(echo, { text: 'not asked' }, wait)).rejects.toMatchObject({
      code: 'not-recorded',
      facts: { command: 'os/echo' },
    });
  });
});
