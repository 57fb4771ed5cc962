/**
 * Files to and from the real ADB daemon over loopback: our client against Debian's `adb`, turn by
 * turn, and both once more behind a line of 40 MiB/s. Both read and write the same kind of files.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPort } from '../../native-bridge/ports/open-port.ts';
import { AdbSession } from '../../native-bridge/sessions/adb/adb-session.ts';
import { debianAdb, mark, median, Memory, printedPort, writeRandom } from '../support/adb-bench.ts';
import { realAdbd } from '../support/real-adbd.ts';

const MIB = 1024 * 1024;
const RUNS = 7;
const LINE_BYTES_PER_SECOND = 40 * MIB;
/** Memory of ours that may come on top of the first run's, whatever is carried. */
const MOST_GROWTH_BYTES = 48 * MIB;
const throttle = fileURLToPath(new URL('children/throttle.ts', import.meta.url));

interface Setting {
  readonly label: string;
  readonly mebibytes: number;
  readonly goal: number;
}
const direct: Setting = { label: 'loopback', mebibytes: 256, goal: 0.9 };
const behindLine: Setting = { label: '40 MiB/s line', mebibytes: 256, goal: 0.98 };

interface Client {
  push(from: string, to: string): Promise<void>;
  pull(from: string, to: string): Promise<void>;
  close(): Promise<void>;
}

export async function bench(): Promise<{ lines: string[]; ok: boolean }> {
  const adbd = await realAdbd();
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'adb-bench-'));
  const line = spawn(
    process.execPath,
    [throttle, `${adbd.portNumber}`, `${LINE_BYTES_PER_SECOND}`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const results = [
      ...(await compare(direct, adbd.portNumber, folder)),
      ...(await compare(behindLine, await printedPort(line), folder)),
    ];
    return { lines: results.map(({ text }) => text), ok: results.every(({ ok }) => ok) };
  } finally {
    line.kill();
    await adbd.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(
  setting: Setting,
  portNumber: number,
  folder: string,
): Promise<{ text: string; ok: boolean }[]> {
  const source = join(folder, 'source');
  const hash = await writeRandom(source, setting.mebibytes);
  const ours = await ourClient(portNumber);
  const theirs = await theirClient(portNumber, folder);
  const rates: Record<'push' | 'pull', [number, number][]> = { push: [], pull: [] };
  const memory = new Memory();
  try {
    for (let run = 0; run <= RUNS; run++) {
      for (const way of ['push', 'pull'] as const) {
        const measure = async (client: Client, name: string): Promise<number> => {
          const there = join(folder, `${name}-there`);
          const [from, to] =
            way === 'push' ? [source, there] : [there, join(folder, `${name}-back`)];
          const startMs = performance.now();
          await client[way](from, to);
          const rate = (setting.mebibytes * 1000) / (performance.now() - startMs);
          if (run === 0 && (await hashOf(to)) !== hash) throw new Error(`${name}: another file`);
          return rate;
        };
        const pair: [number, number] = [0, 0];
        for (const which of run % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
          pair[which] = which === 0 ? await measure(ours, 'ours') : await measure(theirs, 'adb');
        }
        // The first run warms up.
        if (run > 0) rates[way].push(pair);
      }
      memory.sample(run);
    }
  } finally {
    memory.end();
    await ours.close();
    await theirs.close();
  }
  const isFlat = memory.growthBytes <= MOST_GROWTH_BYTES;
  return [
    ...(['push', 'pull'] as const).map((way) => verdict(setting, way, rates[way])),
    {
      text: `${setting.label.padEnd(14)} memory  grew by ${(memory.growthBytes / MIB).toFixed(0)} MiB  ${mark(isFlat)}`,
      ok: isFlat,
    },
  ];
}

function verdict(
  { label, goal }: Setting,
  way: string,
  pairs: readonly [number, number][],
): { text: string; ok: boolean } {
  const ratio = median(pairs.map(([ours, theirs]) => ours / theirs));
  const [ours, theirs] = [0, 1].map((which) => median(pairs.map((pair) => pair[which] as number)));
  const rates = `${ours?.toFixed(0)} of ${theirs?.toFixed(0)} MiB/s`;
  const ok = ratio >= goal;
  return {
    text: `${label.padEnd(14)} ${way}  ${ratio.toFixed(3)} ≥ ${goal}  ${rates}  ${mark(ok)}`,
    ok,
  };
}

async function ourClient(portNumber: number): Promise<Client> {
  const port = await openPort(`tcp://127.0.0.1:${portNumber}`, { timeoutMs: 5000 });
  const keys = {
    name: 'bench',
    privateKey: () => Promise.reject(new Error('no key is asked for')),
  };
  const session = await AdbSession.open(port, { keys, timeoutMs: 5000, tapTimeoutMs: 5000 });
  return {
    push: async (from, to) => {
      const file = await open(from);
      const { size } = await file.stat();
      const terms = { sizeBytes: size, modeBits: 0o644, mtimeSeconds: 0, idleTimeoutMs: 10_000 };
      const sending = session.push(to, blocksOf(file), terms);
      while (!(await sending.next()).done);
      await file.close();
    },
    pull: async (from, to) => {
      const file = await open(to, 'w');
      const writer = new BlockWriter(file);
      const terms = { idleTimeoutMs: 10_000, maxBytes: Infinity, isLent: true };
      for await (const piece of session.pull(from, terms)) await writer.add(piece);
      await writer.end();
      await file.close();
    },
    close: () => session.close(),
  };
}

/** One block is read ahead while another is sent. */
async function* blocksOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  const blocks = [Buffer.allocUnsafe(MIB), Buffer.allocUnsafe(MIB)] as const;
  let ahead = file.read(blocks[0], 0, MIB);
  for (let turn = 0; ; turn ^= 1) {
    const { bytesRead } = await ahead;
    if (bytesRead === 0) return;
    ahead = file.read(turn === 0 ? blocks[1] : blocks[0], 0, MIB);
    yield (turn === 0 ? blocks[0] : blocks[1]).subarray(0, bytesRead);
  }
}

/** One block is filled while another is written. */
class BlockWriter {
  readonly #file: FileHandle;
  #block = Buffer.allocUnsafe(MIB);
  #spare = Buffer.allocUnsafe(MIB);
  #length = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async add(piece: Uint8Array): Promise<void> {
    if (this.#length + piece.length > MIB) await this.#flush();
    this.#block.set(piece, this.#length);
    this.#length += piece.length;
  }

  async end(): Promise<void> {
    await this.#flush();
    await this.#writing;
  }

  async #flush(): Promise<void> {
    await this.#writing;
    this.#writing = this.#file.write(this.#block, 0, this.#length);
    [this.#block, this.#spare] = [this.#spare, this.#block];
    this.#length = 0;
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path);
  for await (const block of blocksOf(file)) hash.update(block);
  await file.close();
  return hash.digest('hex');
}

async function theirClient(portNumber: number, home: string): Promise<Client> {
  const adb = await debianAdb(portNumber, home);
  return {
    push: async (from, to) => {
      await adb.run('push', from, to);
    },
    pull: async (from, to) => {
      await adb.run('pull', from, to);
    },
    close: () => adb.close(),
  };
}
