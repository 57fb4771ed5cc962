/** A program killed in the middle of a correction: the next connection finds it and settles it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import type { Unfinished } from '../../native-bridge/contract/terminal.ts';
import type { SmpMessage } from '../../native-bridge/protocols/smp/command.ts';
import { openBench, type Bench } from '../support/bench.ts';
import { byteProfile, byteTerminal, connectByteTerminal } from '../support/byte-terminal.ts';
import { TappedLine } from '../support/tapped-line.ts';

// A program of its own starts within each test; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const text = (value: string) => new TextEncoder().encode(value);
const child = fileURLToPath(new URL('./children/apply.ts', import.meta.url));
const changes = [
  { key: 'a.text', value: 'a2' },
  { key: 'b.text', value: 'b2' },
];

type At = 'first write' | 'second write' | 'save';

function isAt(at: At, { header, body }: SmpMessage): boolean {
  if (header.group !== 3 || header.operation !== 'write') return false;
  const name = body.get('name');
  if (at === 'save') return header.id === 3;
  return header.id === 0 && name === (at === 'first write' ? 'a' : 'b');
}

interface Cut {
  readonly at: At;
  /** The request that it is killed at still reaches the terminal. */
  readonly arrives: boolean;
  readonly hasSerialNumber?: boolean;
  readonly asked?: readonly { key: string; value: string }[];
}

/** The terminal after a correction of both settings whose program was killed. */
async function killed({ at, arrives, hasSerialNumber = true, asked = changes }: Cut) {
  const bench = await openBench();
  const before = { a: Uint8Array.of(0xff, 0x01), b: text('b1') };
  const terminal = await byteTerminal({ sn: text('B-1'), ...before });
  const line = await TappedLine.to(terminal.url);
  const profile = join(bench.dataFolder, 'killed.yaml');
  await writeFile(profile, byteProfile(hasSerialNumber));
  const args = [child, bench.dataFolder, line.url, profile, JSON.stringify(asked)];
  const program = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  onTestFinished(() => void program.kill('SIGKILL'));
  const ended = once(program, 'exit');
  line.tap = (request) => {
    if (!isAt(at, request)) return false;
    program.kill('SIGKILL');
    return !arrives;
  };
  await ended;
  line.tap = () => false;
  return { bench, before, terminal, line, connect: () => reconnect(bench, line, hasSerialNumber) };
}

const reconnect = (bench: Bench, line: TappedLine, hasSerialNumber: boolean) =>
  connectByteTerminal(bench, line.url, hasSerialNumber);

const interrupted = async ({ bridge }: Bench) =>
  (await bridge.request('listInterrupted', {})).interrupted;

describe('a correction whose program was killed', () => {
  it.each([
    ['first write', false],
    ['first write', true],
    ['second write', false],
  ] as const)('at the %s (arrives: %s) is undone at the next connection', async (at, arrives) => {
    const { bench, before, terminal, connect } = await killed({ at, arrives });
    expect(await interrupted(bench)).toMatchObject([
      { request: 'applySettings', next: { key: 'unfinished_next_connect' } },
    ]);
    const { unfinished } = await connect();
    expect(unfinished).toMatchObject({
      state: 'settled',
      text: { key: 'unfinished_undone' },
      correction: { outcome: 'reverted' },
    });
    expect(terminal.values.get('a')).toEqual(before.a);
    expect(terminal.values.get('b')).toEqual(before.b);
    expect(await interrupted(bench)).toEqual([]);
  });

  it.each(['second write', 'save'] as const)(
    'when all of it was there (at the %s) is found complete, and can be undone',
    async (at) => {
      const { bench, before, terminal, connect } = await killed({ at, arrives: true });
      const { id: terminalId, unfinished } = await connect();
      expect(unfinished).toMatchObject({ state: 'settled', correction: { outcome: 'applied' } });
      expect(terminal.values.get('b')).toEqual(text('b2'));
      expect(await interrupted(bench)).toEqual([]);
      await bench.bridge.request('undoCorrection', { terminalId });
      expect(terminal.values.get('a')).toEqual(before.a);
    },
  );

  it('is told in its case, once', async () => {
    const { bench, connect } = await killed({ at: 'second write', arrives: false });
    const { id: terminalId, unfinished } = await connect();
    await bench.bridge.request('disconnect', { terminalId });
    expect((await connect()).unfinished).toBeUndefined();
    const { events } = await bench.bridge.request('getCase', {
      caseId: unfinished?.correction?.caseId ?? '',
    });
    expect(events).toMatchObject([
      { kind: 'correction', correction: { interruptedUtc: expect.any(String) as string } },
    ]);
  });

  it('is not undone where somebody changed a setting since, unless told to', async () => {
    const { bench, before, terminal, connect } = await killed({
      at: 'second write',
      arrives: false,
    });
    terminal.values.set('a', text('by somebody else'));
    terminal.written.length = 0;
    const { id: terminalId, unfinished } = await connect();
    expect(unfinished).toMatchObject({
      state: 'waiting',
      text: { key: 'unfinished_waits_changed', facts: { key: 'a.text' } },
    });
    await expect(bench.bridge.request('undoCorrection', { terminalId })).rejects.toMatchObject({
      fault: { code: 'setting-changed-since' },
    });
    expect(terminal.written).toEqual([]);
    expect(await interrupted(bench)).toHaveLength(1);
    await bench.bridge.request('undoCorrection', { terminalId, overwrite: true });
    expect(terminal.values.get('a')).toEqual(before.a);
    expect(await interrupted(bench)).toEqual([]);
  });

  it('waits for a person where the terminal is only assumed to be the same', async () => {
    const cut = { at: 'second write', arrives: false, hasSerialNumber: false } as const;
    const { bench, before, terminal, connect } = await killed(cut);
    terminal.written.length = 0;
    expect(await interrupted(bench)).toMatchObject([{ next: { key: 'unfinished_next_ask' } }]);
    const { id: terminalId, unfinished } = await connect();
    expect(unfinished).toMatchObject({
      state: 'waiting',
      text: { key: 'unfinished_waits_assumed' },
    });
    expect(terminal.written).toEqual([]);
    const undone = await bench.bridge.request('undoCorrection', { terminalId });
    expect(undone.outcome).toBe('reverted');
    expect(terminal.values.get('a')).toEqual(before.a);
  });

  it('can be left as it is, and undone later', async () => {
    const cut = { at: 'second write', arrives: false, hasSerialNumber: false } as const;
    const { bench, before, terminal, connect } = await killed(cut);
    const { id: terminalId } = await connect();
    const [entry] = await interrupted(bench);
    const left = await bench.bridge.request('leaveInterrupted', {
      interruptedId: entry?.id ?? '',
    });
    expect(left.outcome).toBe('partly-applied');
    expect(await interrupted(bench)).toEqual([]);
    await bench.bridge.request('undoCorrection', { terminalId });
    expect(terminal.values.get('a')).toEqual(before.a);
  });

  it('names a secret to re-enter, and holds no value of it', async () => {
    const asked = [...changes.slice(0, 1), { key: 'c.secret', value: 'hunter22' }];
    const { bench, before, terminal, connect } = await killed({
      at: 'first write',
      arrives: true,
      asked,
    });
    const { unfinished } = await connect();
    expect(unfinished).toMatchObject({
      text: { key: 'unfinished_reenter', facts: { keys: ['c.secret'] } },
      correction: { outcome: 'partly-applied' },
    });
    expect(terminal.values.get('a')).toEqual(before.a);
    expect(JSON.stringify([unfinished, await interrupted(bench)])).not.toContain('hunter22');
  });
});

it('a correction cut by its cable is settled when the terminal is connected again', async () => {
  const bench = await openBench();
  const terminal = await byteTerminal({ sn: text('B-1'), a: text('a1'), b: text('b1') });
  const line = await TappedLine.to(terminal.url);
  const { id: terminalId } = await connectByteTerminal(bench, line.url);
  line.tap = (request) => {
    const cut = isAt('second write', request);
    if (cut) line.hangUp();
    return cut;
  };
  const made = await bench.bridge.request('applySettings', { terminalId, changes });
  expect(made.outcome).toBe('partly-applied');
  line.tap = () => false;
  await bench.bridge.request('disconnect', { terminalId });
  const { unfinished } = await connectByteTerminal(bench, line.url);
  expect(unfinished?.correction?.outcome).toBe('reverted');
  expect(terminal.values.get('a')).toEqual(text('a1'));
  await expect(bench.bridge.request('undoCorrection', { terminalId })).rejects.toMatchObject({
    fault: { code: 'nothing-to-undo' },
  });
});

it('a correction cut by its cable is settled when the cable is put back while the program runs', async () => {
  const bench = await openBench();
  const { bridge } = bench;
  const terminal = await byteTerminal({ sn: text('B-1'), a: text('a1'), b: text('b1') });
  const line = await TappedLine.to(terminal.url);
  const { id: terminalId } = await connectByteTerminal(bench, line.url);
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const told = new Promise<Unfinished>((resolve) => {
    const onProgress = ({ terminals }: Progress<'watchTerminals'>) => {
      const unfinished = terminals[0]?.unfinished;
      if (unfinished) resolve(unfinished);
    };
    bridge
      .request('watchTerminals', {}, { signal: stop.signal, onProgress })
      .catch(() => undefined);
  });
  line.tap = (request) => {
    const cut = isAt('second write', request);
    if (cut) {
      line.tap = () => false;
      line.hangUp();
    }
    return cut;
  };
  const made = await bridge.request('applySettings', { terminalId, changes });
  expect(made.outcome).toBe('partly-applied');
  expect(await told).toMatchObject({
    state: 'settled',
    text: { key: 'unfinished_undone' },
    correction: { outcome: 'reverted' },
  });
  expect(terminal.values.get('a')).toEqual(text('a1'));
  expect(await interrupted(bench)).toEqual([]);
});
