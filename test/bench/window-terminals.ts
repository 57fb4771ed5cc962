/**
 * The packaged app with 32 live terminals on its list beside an empty window of the same Electron:
 * what all its processes take of a processor while nobody touches anything, with one of them followed
 * on its overview, and how long the longest task of a main thread is. Needs a display (`xvfb-run`)
 * and `npm run package -- --dir`.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { packagedApp } from '../../build/package.ts';
import { parseOptions } from '../../native-bridge/simulators/codebox/options.ts';
import { Simulator } from '../../native-bridge/simulators/codebox/simulator.ts';
import { emptyApp, emptyIsLoaded } from '../support/empty-app.ts';
import { overDevTools, type DrivenProgram } from '../support/over-devtools.ts';
import { cpuSeconds } from '../support/process-cost.ts';
import { isShort, taskLine, traceTasks } from '../support/thread-tasks.ts';

const TERMINALS = 32;
const WATCH_MS = 20_000;
const goalMs = 50;

export async function bench(): Promise<{ lines: string[]; ok: boolean }> {
  const { executable } = packagedApp();
  if (!existsSync(executable)) throw new Error('first: npm run package -- --dir');
  const folder = await mkdtemp(join(tmpdir(), 'terminals-bench-'));
  const boxes = Array.from({ length: TERMINALS }, (_, index) => codeBox(index));
  try {
    const empty = await overDevTools(await emptyApp(folder), [`--user-data-dir=${folder}/empty`]);
    const emptyShare = await closing(empty, async () => {
      await emptyIsLoaded(empty);
      return await cpuShare(empty);
    });
    const app = await overDevTools(executable, [`--data=${join(folder, 'data')}`, '--lang=en']);
    return await closing(app, async () => {
      for (const box of boxes) await connect(app, await box.start());
      await settled(app);
      const share = await cpuShare(app);
      const tasksSince = await traceTasks(app);
      await lookAround(app);
      const threads = await tasksSince();
      const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
      return {
        lines: [
          `of one processor  ${percent(share)}, ${percent(emptyShare)} for an empty window: ${percent(share - emptyShare)} for ${TERMINALS} live terminals, one of them followed`,
          ...threads.map((thread) => taskLine(thread, goalMs)),
        ],
        ok: threads.every((thread) => isShort(thread, goalMs)),
      };
    });
  } finally {
    await Promise.all(boxes.map((box) => box.stop()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function codeBox(index: number): Simulator {
  const serialNumber = `CB20250300${String(index + 10)}`;
  return new Simulator(
    parseOptions(['--tcp=127.0.0.1:0', `--serial-number=${serialNumber}`], false),
  );
}

async function connect({ page }: DrivenProgram, url: string): Promise<void> {
  const at = (testId: string) => page.locator(`[data-testid="${testId}"]`);
  page.setDefaultTimeout(60_000);
  await at('terminal-list').and(page.locator('[data-state="live"]')).waitFor();
  const before = await at('terminal-card').count();
  await at('manual-address').fill(url);
  await at('manual-connect').click();
  await at('terminal-card').nth(before).waitFor();
}

/** Every one has been read. */
async function settled({ page }: DrivenProgram): Promise<void> {
  const idle = page.locator('[data-testid="terminal-card"][data-activity="idle"]');
  while ((await idle.count()) < TERMINALS) await setTimeout(200);
  await page.locator('[data-testid="follow"][data-state="live"]').waitFor();
}

/** Its part of one processor while nothing is asked of it. */
async function cpuShare({ process }: DrivenProgram): Promise<number> {
  const pid = process.pid ?? 0;
  // What starting and reading left to do.
  await setTimeout(3_000);
  const before = cpuSeconds(pid);
  const startedMs = performance.now();
  await setTimeout(WATCH_MS);
  return ((cpuSeconds(pid) - before) * 1000) / (performance.now() - startedMs);
}

/** From one to the next, as somebody does who looks for the one that is ready. */
async function lookAround({ page }: DrivenProgram): Promise<void> {
  const cards = page.locator('[data-testid="terminal-card"]');
  for (let index = 0; index < TERMINALS; index += 4) {
    await cards.nth(index).click();
    await page.locator('[data-testid="glance"]').waitFor();
  }
}

async function closing<T>(program: DrivenProgram, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await program.close();
  }
}
