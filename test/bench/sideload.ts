/**
 * An update served to a recovery that asks for its blocks: our client against Debian's `adb sideload`,
 * turn by turn, behind a line of 40 MiB/s. The simulated recovery is a process of its own and reads
 * as one does: the end, all of it to verify it, then what it installs from.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { adbKeysIn } from '../../native-bridge/operations/adb-keys.ts';
import { openPort } from '../../native-bridge/ports/open-port.ts';
import { AdbSession } from '../../native-bridge/sessions/adb/adb-session.ts';
import { debianAdb, mark, median, Memory, printedPort } from '../support/adb-bench.ts';
import { fullMetadata, makeAbOta } from '../support/make-ota.ts';

const MIB = 1024 * 1024;
const RUNS = 7;
const GOAL = 0.98;
const PACKAGE_MIB = 256;
const LINE_BYTES_PER_SECOND = 40 * MIB;
const MOST_GROWTH_BYTES = 48 * MIB;
const terminal = { devices: 'at900', timestamp: '1800000000' };
const simulator = program('../../native-bridge/simulators/android/main.ts');
const throttle = program('children/throttle.ts');

export async function bench(): Promise<{ lines: string[]; ok: boolean }> {
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'sideload-'));
  const file = join(folder, 'update.zip');
  await writeFile(file, updatePackage());
  const memory = new Memory();
  try {
    const pairs: [number, number][] = [];
    for (let run = 0; run <= RUNS; run++) {
      const ownMs = await inRecovery((portNumber) => ours(portNumber, file, folder));
      const debianMs = await inRecovery((portNumber) => debian(portNumber, file, folder));
      // The first run warms up.
      if (run > 0) pairs.push([ownMs, debianMs]);
      memory.sample(run);
    }
    const ratio = median(pairs.map(([own, their]) => their / own));
    const seconds = [0, 1].map((which) =>
      median(pairs.map((pair) => (pair[which] ?? NaN) / 1_000)),
    );
    const isFlat = memory.growthBytes <= MOST_GROWTH_BYTES;
    const growth = `memory grew by ${(memory.growthBytes / MIB).toFixed(0)} MiB`;
    return {
      lines: [
        `sideload of ${PACKAGE_MIB} MiB  ${ratio.toFixed(3)} ≥ ${GOAL}  ${seconds[0]?.toFixed(2)} s for ${seconds[1]?.toFixed(2)} s  ${mark(ratio >= GOAL)}`,
        `${growth}  ${mark(isFlat)}`,
      ],
      ok: ratio >= GOAL && isFlat,
    };
  } finally {
    memory.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Full, for the simulated terminal, newer than what it runs; its padding can't be pressed. */
function updatePackage(): Buffer {
  const { devices, timestamp } = terminal;
  const metadata = { ...fullMetadata, 'pre-device': devices, 'post-timestamp': timestamp };
  const content = randomFillSync(Buffer.alloc(PACKAGE_MIB * MIB));
  return makeAbOta({ metadata, more: [{ name: 'padding.bin', content }] });
}

/** Connected, and ready to serve. */
interface Client {
  serve(): Promise<void>;
  close(): Promise<void>;
}

/** How long serving takes, with a recovery of its own that waits for a package, in milliseconds. */
async function inRecovery(connected: (portNumber: number) => Promise<Client>): Promise<number> {
  const args = ['--model', 'at-900', '--port', '0', '--mode', 'sideload', '--install-ms', '1'];
  const recovery = start(simulator, args);
  let line: ChildProcess | null = null;
  try {
    const [ready] = (await once(createInterface({ input: recovery.stdout }), 'line')) as [string];
    const { adb } = JSON.parse(ready) as { readonly adb: string };
    line = start(throttle, [adb.split(':')[1] ?? '', `${LINE_BYTES_PER_SECOND}`]);
    const client = await connected(await printedPort(line));
    const startMs = performance.now();
    await client.serve();
    const tookMs = performance.now() - startMs;
    await client.close();
    return tookMs;
  } finally {
    line?.kill();
    recovery.kill();
  }
}

async function ours(portNumber: number, path: string, folder: string): Promise<Client> {
  const port = await openPort(`adb://127.0.0.1:${portNumber}`, { timeoutMs: 5_000 });
  const terms = { keys: adbKeysIn(folder), timeoutMs: 5_000, tapTimeoutMs: 5_000 };
  const session = await AdbSession.open(port, terms);
  const file = await open(path);
  const { size: sizeBytes } = await file.stat();
  const read = async (offsetBytes: number, lengthBytes: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(lengthBytes);
    await file.read(bytes, 0, lengthBytes, offsetBytes);
    return bytes;
  };
  return {
    serve: async () => {
      const serving = session.sideload({ sizeBytes, read }, { idleTimeoutMs: 30_000 });
      while (!(await serving.next()).done);
    },
    close: async () => {
      await file.close();
      await session.close();
    },
  };
}

async function debian(portNumber: number, path: string, folder: string): Promise<Client> {
  const adb = await debianAdb(portNumber, folder);
  return {
    serve: async () => {
      await adb.run('sideload', path);
    },
    close: () => adb.close(),
  };
}

function start(path: string, args: readonly string[]) {
  return spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
}

function program(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
