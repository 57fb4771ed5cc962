/**
 * The packaged app's console under a terminal that writes a hundred thousand lines while somebody
 * scrolls: no task of the window may take over 50 ms. Needs a display (`xvfb-run`) and
 * `npm run package -- --dir`.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { packagedApp } from '../../build/package.ts';
import { parseOptions } from '../../native-bridge/simulators/android/options.ts';
import { Simulator } from '../../native-bridge/simulators/android/simulator.ts';
import { tcpLines } from '../../native-bridge/simulators/android/tcp/lines.ts';
import { overDevTools, type DrivenProgram } from '../support/over-devtools.ts';
import { isShort, taskLine, traceTasks } from '../support/thread-tasks.ts';

const LINES = 100_000;
const AT_ONCE = 500;
const goalMs = 50;

export async function bench(): Promise<{ lines: string[]; ok: boolean }> {
  const { executable } = packagedApp();
  if (!existsSync(executable)) throw new Error('first: npm run package -- --dir');
  const folder = await mkdtemp(join(tmpdir(), 'console-bench-'));
  const options = parseOptions(['--model', 'at-900', '--auth', 'already-known']);
  const simulator = new Simulator(options, tcpLines(options));
  const { adb } = (await simulator.start()) as { readonly adb: string };
  try {
    const program = await overDevTools(executable, [`--data=${folder}`, '--lang=en']);
    try {
      return await measured(program, simulator, adb);
    } finally {
      await program.close();
    }
  } finally {
    await simulator.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measured(program: DrivenProgram, simulator: Simulator, adb: string) {
  const { page } = program;
  const at = (testId: string) => page.locator(`[data-testid="${testId}"]`);
  page.setDefaultTimeout(60_000);
  await at('terminal-list').and(page.locator('[data-state="live"]')).waitFor();
  await at('manual-address').fill(`adb://${adb}`);
  await at('manual-connect').click();
  await page.locator('[data-testid="terminal-card"][data-activity="idle"]').waitFor();
  await at('tab-console').click();
  await at('console-line').first().waitFor();
  const tasksSince = await traceTasks(program);
  await page.evaluate(watch);
  const startedMs = performance.now();
  const writing = write(simulator);
  const count = page.locator('.count');
  await writing;
  while (largest((await count.textContent()) ?? '') < LINES) await setTimeout(200);
  const seconds = (performance.now() - startedMs) / 1000;
  await at('console-filter').fill('sample 99');
  await page.locator('.line', { hasText: 'sample 99' }).first().waitFor();
  const { frames, scrolled } = await page.evaluate<Watched>(result);
  const threads = await tasksSince();
  const ok = scrolled && threads.every((thread) => isShort(thread, goalMs));
  return {
    lines: [
      `${(await count.textContent())?.trim()} in ${seconds.toFixed(0)} s, scrolled and filtered meanwhile, ${frames} frames`,
      ...threads.map((thread) => taskLine(thread, goalMs)),
    ],
    ok,
  };
}

/** As fast as the line takes them. */
async function write({ device }: Simulator): Promise<void> {
  for (let line = 0; line < LINES; line++) {
    device.log.add(
      'D',
      'NetStat',
      `sample ${line} of a log that nobody can read as fast as it comes`,
    );
    if (line % AT_ONCE === 0) await setImmediate();
  }
}

interface Watched {
  readonly frames: number;
  readonly scrolled: boolean;
}

/** In the page: scrolls up and down all the time. */
const watch = `
  const watched = (window.watched = { frames: 0, farthestPx: 0 });
  const step = () => {
    watched.frames += 1;
    const view = document.querySelector('[role="log"]');
    if (view !== null) {
      const share = (1 + Math.sin(watched.frames / 20)) / 2;
      view.scrollTop = share * (view.scrollHeight - view.clientHeight);
      watched.farthestPx = Math.max(watched.farthestPx, view.scrollTop);
    }
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  undefined;
`;

/** Of the numbers in a text. */
function largest(text: string): number {
  return Math.max(0, ...(text.match(/[\d,]+/g) ?? []).map((each) => +each.replaceAll(',', '')));
}

const result = `({
  frames: watched.frames,
  scrolled: watched.farthestPx > 1_000_000,
})`;
