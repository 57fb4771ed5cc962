/** Whoever connects gives up, or waits for the end no more: nothing stays held, nothing in use is let go. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBridge } from '../../native-bridge/bridge.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { connect } from '../../native-bridge/operations/connect.ts';
import {
  closeContext,
  openContext,
  type Context,
  type Parts,
} from '../../native-bridge/operations/context.ts';
import { trainingFirmware } from '../../native-bridge/operations/entry-points.ts';
import { portLockName } from '../../native-bridge/operations/port-lock.ts';
import { PortError } from '../../native-bridge/ports/port.ts';
import { byteProfile, byteTerminal } from '../support/byte-terminal.ts';
import { openRecordsHere } from '../support/records-here.ts';
import { TappedLine } from '../support/tapped-line.ts';
import { VirtualBench } from '../support/virtual-bench.ts';

const text = (value: string) => new TextEncoder().encode(value);
const asked = { profile: null, profileFileId: null, merchantFileId: null };
const never = new AbortController().signal;

/** A data folder whose program was killed when the terminal on this port restarted in a flash. */
async function killedAtRestart(bench: VirtualBench): Promise<string> {
  const firmware = await readFile(trainingFirmware('codebox-1.9.9-older.bin'));
  const { url } = await bench.box('box', { firmware, slotSize: 0x80000 });
  const program = await bench.start();
  const { bridge } = program;
  const { id: terminalId } = await bridge.request('connect', { portUrl: url });
  const { fileId } = await bridge.registerFile(trainingFirmware('codebox-2.0.0.bin'));
  const { image } = await bridge.request('planFlash', { terminalId, fileId });
  const flash = { terminalId, fileId, allow: [], acceptedSha256: image.fileSha256 };
  await new Promise<void>((resolve) => {
    void bridge.request('flash', flash, {
      onProgress: ({ phase }) => {
        if (phase === 'restart') resolve();
      },
    });
  });
  await program.kill();
  return url;
}

it('a connection that nobody waits for any more gives its port back', async () => {
  const bench = new VirtualBench();
  onTestFinished(() => bench.end());
  const url = await bench.time.run(killedAtRestart(bench));
  const here = openRecordsHere(bench.dataFolder, 'cli');
  onTestFinished(() => here.kill());
  const openPort: Parts['openPort'] = () =>
    Promise.reject(new PortError('port-missing', { port: url }));
  const options = { dataFolder: bench.dataFolder, program: 'cli' } as const;
  const context = await openContext(options, { records: here.records, openPort });
  const steps = connect(context, { portUrl: url, ...asked }, never);
  expect((await steps.next()).value).toMatchObject({ waitingFor: { key: 'connect_wait_restart' } });
  await steps.return({} as Terminal);
  const lock = await context.records.acquire(portLockName(url));
  await lock.release();
});

interface CutOff {
  readonly context: Context;
  readonly line: TappedLine;
  readonly terminalId: string;
  connect(signal: AbortSignal): Promise<Terminal>;
}

/** A terminal whose correction was cut off: it is undone when it connects. */
async function cutOff(): Promise<CutOff> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'pos-bench-given-up-'));
  onTestFinished(() => rm(dataFolder, { recursive: true }));
  const options = { dataFolder, program: 'cli' } as const;
  const profile = join(dataFolder, 'bytes.yaml');
  await writeFile(profile, byteProfile(true));
  const terminal = await byteTerminal({ sn: text('B-1'), a: text('a1'), b: text('b1') });
  const line = await TappedLine.to(terminal.url);
  const terminalId = await correctedUntilKilled(options, line, profile);
  const context = await openContext(options);
  onTestFinished(() => closeContext(context));
  const { fileId } = await context.files.register(profile);
  const params = { portUrl: line.url, ...asked, profileFileId: fileId };
  const connected = async (signal: AbortSignal): Promise<Terminal> => {
    const steps = connect(context, params, signal);
    for (;;) {
      const step = await steps.next();
      if (step.done) return step.value;
    }
  };
  return { context, line, terminalId, connect: connected };
}

async function correctedUntilKilled(
  options: { readonly dataFolder: string; readonly program: 'cli' },
  line: TappedLine,
  profile: string,
): Promise<string> {
  const here = openRecordsHere(options.dataFolder, 'cli');
  const bridge = await createBridge(options, { records: here.records });
  const { fileId } = await bridge.registerFile(profile);
  const { id } = await bridge.request('connect', { portUrl: line.url, profileFileId: fileId });
  const changes = [
    { key: 'a.text', value: 'a2' },
    { key: 'b.text', value: 'b2' },
  ];
  await new Promise<void>((resolve) => {
    line.tap = ({ header, body }) => {
      const isSecond = header.operation === 'write' && body.get('name') === 'b';
      if (isSecond) resolve();
      return isSecond;
    };
    void bridge.request('applySettings', { terminalId: id, changes });
  });
  await here.kill();
  line.hangUp();
  line.tap = () => false;
  return id;
}

/** Calls `act` when the correction that was cut off is being undone. */
function whileUndone({ line }: CutOff, act: () => void): void {
  line.tap = ({ header }) => {
    if (header.group === 3 && header.operation === 'write') act();
    return false;
  };
}

describe('a connection that is cancelled while it settles what was cut off', () => {
  it('leaves no terminal connected', async () => {
    const cut = await cutOff();
    const abort = new AbortController();
    whileUndone(cut, () => abort.abort());
    await expect(cut.connect(abort.signal)).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect(cut.context.connections.find(cut.terminalId)).toBeNull();
  });

  it('leaves it connected where a flash from another window has begun', async () => {
    const cut = await cutOff();
    const { connections } = cut.context;
    const abort = new AbortController();
    whileUndone(cut, () => {
      if (abort.signal.aborted) return;
      abort.abort();
      void connections.get(cut.terminalId).line.acquire('flash', 30_000);
    });
    expect(await cut.connect(abort.signal)).toMatchObject({ connected: true });
    expect(connections.find(cut.terminalId)).toMatchObject({
      connected: true,
      line: { holder: 'flash' },
    });
  });
});
