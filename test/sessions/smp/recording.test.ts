import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseRecording } from '../../../native-bridge/ports/recording-file.ts';
import { openReplayPort } from '../../../native-bridge/ports/replay-turns.ts';
import { encodeCborMap } from '../../../native-bridge/protocols/cbor.ts';
import { settingRead, settingWrite } from '../../../native-bridge/protocols/smp/settings/index.ts';
import { echo } from '../../../native-bridge/protocols/smp/os/index.ts';
import {
  encodeSerial,
  SerialFraming,
} from '../../../native-bridge/protocols/smp/serial-framing.ts';
import { Recording, recordToFile } from '../../../native-bridge/sessions/recording.ts';
import { SmpSession } from '../../../native-bridge/sessions/smp/smp-session.ts';
import {
  echoing,
  replyPacket,
  type Script,
  ScriptedTerminal,
} from '../../support/scripted-terminal.ts';

const wait = { timeoutMs: 3000 };
const text = new TextEncoder();
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function inMemory(): { recording: Recording; written: () => string } {
  const lines: string[] = [];
  const sink = { write: (line: string) => void lines.push(line), close: () => Promise.resolve() };
  return { recording: new Recording(sink), written: () => lines.join('') };
}

/** What the recording holds, decoded, to look for what must not be in it. */
function allBytes(recording: string): string {
  const framings = { host: new SerialFraming(), terminal: new SerialFraming() };
  return parseRecording(recording)
    .flatMap(({ from, bytes }) => framings[from].push(bytes))
    .map((value) => ('bytes' in value ? Buffer.from(value.bytes).toString('latin1') : value.kind))
    .join('\n');
}

/** A box with settings; it talks of what is written to it. */
function settingsBox(): Script {
  const values = new Map<string, Uint8Array>();
  return (request, terminal) => {
    if (request.header.group !== 3) {
      echoing(request, terminal);
      return;
    }
    const name = request.body.get('name') as string;
    const value = request.body.get('val');
    if (value instanceof Uint8Array) {
      values.set(name, value);
      terminal.send(`set ${name} = ${Buffer.from(value).toString()}\r\n`);
      terminal.reply(request, {});
    } else {
      terminal.reply(request, { val: values.get(name) ?? new Uint8Array(0) });
    }
  };
}

async function recorded(talk: (session: SmpSession) => Promise<void>): Promise<string> {
  const { recording, written } = inMemory();
  const terminal = await ScriptedTerminal.start(settingsBox());
  const session = await terminal.connect({ recording, firstSequence: 7 });
  open.push(session, terminal);
  await talk(session);
  return written();
}

describe('a recording', () => {
  it('is played back to the same conversation', async () => {
    const talk = async (session: SmpSession): Promise<unknown[]> => {
      session.setSecretKeys(new Set());
      const echoed = await session.request(echo, { text: '收款' }, wait);
      await session.request(settingWrite, { key: 'a', value: text.encode('one') }, wait);
      return [echoed, await session.request(settingRead, { key: 'a' }, wait)];
    };
    const said: unknown[] = [];
    const recording = await recorded(async (session) => {
      said.push(...(await talk(session)));
    });
    const replayed = SmpSession.open(openReplayPort(parseRecording(recording)), {
      firstSequence: 7,
    });
    open.push(replayed);
    expect(await talk(replayed)).toEqual(said);
    expect(replayed.textLines().map((line) => line.text)).toEqual(['set a = one']);
  });

  it('holds no secret: not written, not read, not in the text of the device', async () => {
    const recording = await recorded(async (session) => {
      session.setSecretKeys(new Set(['wifi/psk']));
      const value = text.encode('hunter2-hunter2');
      await session.request(settingWrite, { key: 'wifi/psk', value }, wait);
      await session.request(settingRead, { key: 'wifi/psk' }, wait);
      await session.request(
        settingWrite,
        { key: 'wifi/ssid', value: text.encode('LAOWANG') },
        wait,
      );
      await session.request(echo, { text: 'it was hunter2-hunter2' }, wait);
      await expect.poll(() => session.textLines()).toHaveLength(2);
    });
    expect(allBytes(recording)).not.toContain('hunter2');
    expect(allBytes(recording)).toContain('LAOWANG');
    expect(allBytes(recording)).toContain('set wifi/psk = xxxxxxxxxxxxxxx');
  });

  it('holds no value of any setting while nobody said which are secret', async () => {
    const recording = await recorded(async (session) => {
      const value = text.encode('anything at all');
      await session.request(settingWrite, { key: 'a', value }, wait);
      await session.request(settingRead, { key: 'a' }, wait);
    });
    expect(allBytes(recording)).not.toContain('anything');
  });

  it('holds no reply whose question is unknown', async () => {
    const recording = await recorded(async (session) => {
      session.setSecretKeys(new Set());
      const terminal = open.at(-1) as ScriptedTerminal;
      await session.request(echo, { text: 'x' }, wait);
      const [asked] = terminal.requests;
      if (!asked) throw new Error('nothing was asked');
      const header = { group: 3, id: 0, sequence: 200, operation: 'read-reply' } as const;
      const body = encodeCborMap({ val: text.encode('stray secret') });
      terminal.send(encodeSerial(replyPacket(asked, body, header)));
      await expect.poll(() => session.statistics().foreign).toBe(1);
    });
    expect(allBytes(recording)).not.toContain('stray');
  });

  it('keeps only the count of what can not be read', async () => {
    const recording = await recorded(async (session) => {
      const terminal = open.at(-1) as ScriptedTerminal;
      terminal.send(Uint8Array.of(0x06, 0x09, 0x41, 0x41, 0x21, 0x21, 0x0a));
      terminal.send(Uint8Array.of(0xff, 0x00, 0xfe, 0x0a));
      await expect.poll(() => session.textLines().length).toBe(1);
    });
    const entries = recording
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(entries).toMatchObject([{ from: 'terminal' }, { from: 'terminal', count: 4 }]);
    expect(entries.every((entry) => 'count' in entry)).toBe(true);
  });

  it('can be begun and ended in the middle', async () => {
    const { recording, written } = inMemory();
    const terminal = await ScriptedTerminal.start(echoing);
    const session = await terminal.connect();
    open.push(session, terminal);
    await session.request(echo, { text: 'before' }, wait);
    session.recordTo(recording);
    await session.request(echo, { text: 'during' }, wait);
    session.recordTo(null);
    await session.request(echo, { text: 'after' }, wait);
    expect(parseRecording(written()).map(({ from }) => from)).toEqual(['host', 'terminal']);
    expect(allBytes(written())).toContain('during');
  });
});

describe('a recording in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recording-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is bounded, ends in a whole line, and is for nobody else to read', async () => {
    const path = join(folder, 'talk.jsonl');
    const recording = await recordToFile(path, 1000);
    for (let line = 0; line < 100; line++) recording.bytes('host', new Uint8Array(20));
    await recording.close();
    await recording.close();
    const written = readFileSync(path, 'utf8');
    expect(written.length).toBeLessThanOrEqual(1000);
    expect(parseRecording(written).length).toBeGreaterThan(5);
  });

  it('in a folder that is not there is refused', async () => {
    await expect(recordToFile(join(folder, 'no', 'where'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
