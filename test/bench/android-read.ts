/**
 * All that `android-generic` reads, in our one script, against the same readings by `adb shell` calls of
 * Debian's client, one for each reading as a person at a shell would ask. The simulated terminal
 * answers both: what is compared is how often is asked, and a real one takes its own time for each
 * command, which makes more of the difference, not less.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { adbKeysIn } from '../../native-bridge/operations/adb-keys.ts';
import { commandsOf, isAndroid } from '../../native-bridge/operations/readings/android-commands.ts';
import {
  onceRead,
  readingsOf,
  takeReadings,
} from '../../native-bridge/operations/readings/take-readings.ts';
import { openPort } from '../../native-bridge/ports/open-port.ts';
import { quoteCommand } from '../../native-bridge/protocols/android/index.ts';
import { AdbSession } from '../../native-bridge/sessions/adb/adb-session.ts';
import { shippedProfile } from '../../native-bridge/terminals/catalogue.ts';
import { debianAdb, mark, median } from '../support/adb-bench.ts';

const RUNS = 7;
const GOAL = 5;
const simulator = fileURLToPath(
  new URL('../../native-bridge/simulators/android/main.ts', import.meta.url),
);

export async function bench(): Promise<{ lines: string[]; ok: boolean }> {
  const folder = await mkdtemp(join(tmpdir(), 'android-read-'));
  const args = ['--model', 'at-900', '--port', '0', '--auth', 'already-known'];
  const terminal = spawn(process.execPath, [simulator, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(createInterface({ input: terminal.stdout }), 'line')) as [string];
    const { adb } = JSON.parse(line) as { readonly adb: string };
    return await compare(adb, folder);
  } finally {
    terminal.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(address: string, folder: string): Promise<{ lines: string[]; ok: boolean }> {
  const profile = shippedProfile('android-generic');
  const names = readingsOf(profile);
  const { signal } = new AbortController();
  const port = await openPort(`adb://${address}`, { timeoutMs: 5_000 });
  const terms = { keys: adbKeysIn(folder), timeoutMs: 5_000, tapTimeoutMs: 5_000 };
  const session = await AdbSession.open(port, terms);
  const theirs = await debianAdb(Number(address.split(':')[1]), folder);
  const asked = onceRead(profile, names).filter(isAndroid).map(commandsOf);
  const inOne = async (): Promise<void> => {
    for await (const { name, failure } of takeReadings(session, profile, names, signal)) {
      if (failure) throw new Error(`${name}: ${failure.code}`);
    }
  };
  const oneByOne = async (): Promise<void> => {
    for (const commands of asked) {
      for (const command of commands) await theirs.run('shell', quoteCommand(command));
    }
  };
  try {
    const pairs: [number, number][] = [];
    for (let run = 0; run <= RUNS; run++) {
      const pair: [number, number] = [await timeMs(inOne), await timeMs(oneByOne)];
      // The first run warms up.
      if (run > 0) pairs.push(pair);
    }
    const ratio = median(pairs.map(([ours, their]) => their / ours));
    const [ours, their] = [0, 1].map((which) => median(pairs.map((pair) => pair[which] ?? NaN)));
    const ok = ratio >= GOAL;
    const times = `${ours?.toFixed(0)} ms for ${their?.toFixed(0)} ms`;
    const text = `${names.length} readings  ${ratio.toFixed(1)} times faster ≥ ${GOAL}  ${times}  ${mark(ok)}`;
    return { lines: [text], ok };
  } finally {
    await theirs.close();
    await session.close();
  }
}

async function timeMs(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
