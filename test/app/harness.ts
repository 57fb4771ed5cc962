/**
 * The packaged app, started as a user starts it, and driven through its window. `npm test` packages
 * it first and says where it is; for one run by hand: `node build/package.ts --for-tests`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, errors } from 'playwright-core';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { testApp } from '../../build/package.ts';
import { outFolder } from '../../build/paths.ts';

export const executablePath = process.env['POS_BENCH_APP'] ?? testApp().executable;
// Chromium refuses to run sandboxed as root.
export const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export interface AppOptions {
  readonly args?: readonly string[];
  readonly dataFolder?: string;
  /** Started without `--data`, as a user does: where the computer keeps programs' data (on Linux). */
  readonly dataHome?: string;
  readonly locale?: 'zh-CN' | 'en';
  /** What the list of terminals comes to; `live` where nothing is wrong. */
  readonly until?: 'live' | 'failed';
}

export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly dataFolder: string;
  /** Everything that went wrong in the page: errors, refused content, unhandled rejections. */
  readonly complaints: string[];
  /** The element with this handle (renderer/TESTING.md). */
  readonly at: (testId: string) => Locator;
  /** Process id of the bridge. */
  readonly bridgePid: () => Promise<number>;
  /** The next file dialogue answers with this file. */
  readonly willChoose: (path: string) => Promise<void>;
  /** The next save dialogue answers with this file. */
  readonly willSave: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
  /** Ends it as a crash does, whatever it is doing. */
  readonly kill: () => Promise<void>;
}

/** Starts the app with a data folder of its own; it is closed when the test ends. */
export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const { dataHome } = options;
  const dataFolder =
    dataHome === undefined
      ? (options.dataFolder ?? temporaryFolder())
      : join(dataHome, 'pos-bench');
  const args = [
    ...asRoot,
    `--lang=${options.locale ?? 'en'}`,
    ...(dataHome === undefined ? [`--data=${dataFolder}`] : []),
    ...(options.args ?? []),
  ];
  const electron = await launch(args, dataHome);
  const complaints: string[] = [];
  const page = await electron.firstWindow();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  let open = true;
  const app: RunningApp = {
    electron,
    page,
    dataFolder,
    complaints,
    at: (testId) => page.locator(`[data-testid="${testId}"]`),
    bridgePid: () => bridgePid(electron),
    willChoose: (path) =>
      electron.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      }, path),
    willSave: (path) =>
      electron.evaluate(({ dialog }, chosen) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
      }, path),
    close: async () => {
      if (!open) return;
      open = false;
      await leaveWhatRuns(electron);
      await electron.close();
    },
    kill: async () => {
      if (!open) return;
      open = false;
      const ended = electron.waitForEvent('close');
      electron.process().kill('SIGKILL');
      await ended;
    },
  };
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await leaveTraces(app, task.name);
    await app.close();
  });
  const state = options.until ?? 'live';
  await page.locator(`[data-testid="terminal-list"][data-state="${state}"]`).waitFor();
  return app;
}

/**
 * Playwright's attaching hangs now and then on a loaded machine, with the app's window up; then it is
 * started again, and the log says so.
 */
async function launch(args: string[], dataHome?: string): Promise<ElectronApplication> {
  const home = dataHome === undefined ? {} : { env: { ...environment(), XDG_DATA_HOME: dataHome } };
  for (let attemptsLeft = 2; ; attemptsLeft--) {
    try {
      return await _electron.launch({ executablePath, args, timeout: 20_000, ...home });
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || attemptsLeft === 0) throw error;
      console.warn('the app did not answer Playwright in 20 s; starting it again');
    }
  }
}

function environment(): Record<string, string> {
  const all = Object.entries(process.env);
  return Object.fromEntries(
    all.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Work under way is asked about when the window is closed: the end of a test cuts it off. */
async function leaveWhatRuns(electron: ElectronApplication): Promise<void> {
  await electron
    .evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
    })
    // A window that is gone asks nothing.
    .catch(() => undefined);
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pos-bench-app-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Throws where the bridge does not run just now. */
async function bridgePid(electron: ElectronApplication): Promise<number> {
  const metrics = await electron.evaluate(({ app }) => app.getAppMetrics());
  const bridge = metrics.find(({ name }) => name === 'POS Bench bridge');
  if (!bridge) throw new Error('no bridge process');
  return bridge.pid;
}

/** For the reader of a failed test: what the window showed, and what was logged. */
async function leaveTraces({ page, complaints, dataFolder }: RunningApp, name: string) {
  const picture = join(outFolder, 'test-results', `${name.replace(/\W+/g, '-')}.png`);
  await page.screenshot({ path: picture }).catch(() => undefined);
  const log = join(dataFolder, 'logs', 'pos-bench.log');
  const logged = existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : '';
  console.error([picture, ...complaints, logged].join('\n'));
}
