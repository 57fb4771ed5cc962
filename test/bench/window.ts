/**
 * The packaged app beside an empty window of the same Electron, turn by turn: how long until its list
 * of terminals can be used, and what memory all its processes take. Needs a display (`xvfb-run`) and
 * `npm run package -- --dir`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagedApp } from '../../build/package.ts';
import { distFolder } from '../../build/paths.ts';
import { mark, median } from '../support/adb-bench.ts';
import { emptyApp, emptyIsLoaded } from '../support/empty-app.ts';
import { overDevTools, type DrivenProgram } from '../support/over-devtools.ts';
import { memoryBytes } from '../support/process-cost.ts';
import { mostStartScriptBytes, startScriptBytes } from '../support/start-script.ts';

const RUNS = 7;
const goals = { start: 1.5, memory: 1.6, scriptBytes: mostStartScriptBytes };
const MIB = 1024 * 1024;

interface Measured {
  readonly startMs: number;
  readonly bytes: number;
}

export async function bench(): Promise<{ lines: string[]; ok: boolean }> {
  const { executable } = packagedApp();
  if (!existsSync(executable)) throw new Error('first: npm run package -- --dir');
  const folder = await mkdtemp(join(tmpdir(), 'window-bench-'));
  try {
    const empty = await emptyApp(folder);
    const ours: Measured[] = [];
    const theirs: Measured[] = [];
    for (let run = 0; run <= RUNS; run++) {
      const data = join(folder, `data-${run}`);
      const own = await measure(executable, [`--data=${data}`], usableList);
      const other = await measure(empty, [`--user-data-dir=${data}-empty`], emptyIsLoaded);
      // The first run fills the system's caches.
      if (run > 0) {
        ours.push(own);
        theirs.push(other);
      }
    }
    return report(ours, theirs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function report(ours: readonly Measured[], theirs: readonly Measured[]) {
  const ratio = (of: (one: Measured) => number) =>
    median(ours.map((own, run) => of(own) / of(theirs[run] ?? own)));
  const start = ratio(({ startMs }) => startMs);
  const memory = ratio(({ bytes }) => bytes);
  const [ownMs, emptyMs] = [ours, theirs].map((runs) => median(runs.map((one) => one.startMs)));
  const [ownMib, emptyMib] = [ours, theirs].map((runs) =>
    median(runs.map((one) => one.bytes / MIB)),
  );
  const script = startScript();
  const lines = [
    `start to a usable list  ${start.toFixed(2)} ≤ ${goals.start}  ${ownMs?.toFixed(0)} ms for ${emptyMs?.toFixed(0)} ms  ${mark(start <= goals.start)}`,
    `memory of all processes  ${memory.toFixed(2)} ≤ ${goals.memory}  ${ownMib?.toFixed(0)} MiB for ${emptyMib?.toFixed(0)} MiB  ${mark(memory <= goals.memory)}`,
    `script at the start, gzipped  ${(script / 1000).toFixed(0)} kB ≤ ${goals.scriptBytes / 1000} kB  ${mark(script <= goals.scriptBytes)}`,
  ];
  const ok = start <= goals.start && memory <= goals.memory && script <= goals.scriptBytes;
  return { lines, ok };
}

async function measure(
  executable: string,
  args: readonly string[],
  ready: (program: DrivenProgram) => Promise<void>,
): Promise<Measured> {
  const startedMs = performance.now();
  const program = await overDevTools(executable, args);
  try {
    await ready(program);
    const startMs = performance.now() - startedMs;
    return { startMs, bytes: memoryBytes(program.process.pid ?? 0) };
  } finally {
    await program.close();
  }
}

async function usableList({ page }: DrivenProgram): Promise<void> {
  await page.locator('[data-testid="terminal-list"][data-state="live"]').waitFor();
}

function startScript(): number {
  const folder = join(distFolder, 'renderer');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return startScriptBytes(
    names.map((name) => `/${name.replaceAll('\\', '/')}`),
    (name) => readFileSync(join(folder, name)),
  );
}
