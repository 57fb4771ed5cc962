/** The bridge's process ends, or the page is loaded again: the window stays, and says what was lost. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { connect, plugIn, updateImage } from './code-box.ts';
import { asRoot, executablePath, startApp, temporaryFolder } from './harness.ts';

test('a killed bridge comes back and the window says what was interrupted', async () => {
  const box = await plugIn();
  const app = await startApp();
  const { at, page } = app;
  await connect(app, box);
  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-start').click();
  await page.locator('[data-testid="flash-progress"][data-phase="upload"]').waitFor();

  const before = await app.bridgePid();
  process.kill(before, 'SIGKILL');
  await at('bridge-interrupted').waitFor();
  expect(await app.bridgePid()).not.toBe(before);
  await expect.poll(() => at('bridge-interrupted').textContent()).toContain('CB2025030017');

  await at('bridge-interrupted-dismiss').click();
  // The new bridge has no terminal yet: what the old one had stays in sight, and is offered again.
  expect(await at('terminal-card').getAttribute('data-connected')).toBe('false');
  await at('reconnect').click();
  await at('disconnect').waitFor();
  await at('tab-overview').click();
  await at('reading-battery.levelPercent').waitFor();
  expect(await at('reading-value-firmware.version').textContent()).toContain('1.9.9');
});

test.runIf(process.platform === 'linux')(
  'a bridge that hangs is told, and restarted where the technician says so',
  async () => {
    const app = await startApp();
    const { at } = app;
    await app.page.locator('[data-testid="terminal-list"][data-state="live"]').waitFor();
    const before = await app.bridgePid();
    process.kill(before, 'SIGSTOP');
    onTestFinished(() => {
      try {
        process.kill(before, 'SIGKILL');
      } catch {
        // It has ended.
      }
    });
    await at('bridge-silent').waitFor({ timeout: 60_000 });
    await at('bridge-end').click();
    await expect
      .poll(() => app.bridgePid().catch(() => before), { timeout: 20_000 })
      .not.toBe(before);
    await at('bridge-silent').waitFor({ state: 'detached' });
    await app.page.locator('[data-testid="terminal-list"][data-state="live"]').waitFor();
  },
  120_000,
);

test('a bridge that keeps dying is started again each time', async () => {
  const app = await startApp();
  for (let death = 0; death < 3; death++) {
    const pid = await app.bridgePid();
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => app.bridgePid().catch(() => pid), { timeout: 10_000 }).not.toBe(pid);
  }
  await app.page.locator('[data-testid="terminal-list"][data-state="live"]').waitFor();
});

/** Without Playwright, which waits for ever for a page that crashed and ends an app its own way. */
function start() {
  const dataFolder = temporaryFolder();
  const app = spawn(executablePath, [...asRoot, `--data=${dataFolder}`], { stdio: 'ignore' });
  const ended = once(app, 'exit');
  onTestFinished(async () => {
    app.kill('SIGKILL');
    await ended;
  });
  const pids = () => ({
    bridge: pidOf(dataFolder, 'node.mojom.NodeService'),
    page: pidOf(dataFolder, '--type=renderer'),
  });
  return { app, ended, pids };
}

test.runIf(process.platform === 'linux')(
  'the app ends when it is asked to, also while the bridge is away',
  async () => {
    const { app, ended, pids } = start();
    await expect.poll(() => pids().page, { timeout: 20_000 }).not.toBe(null);
    await expect.poll(() => pids().bridge, { timeout: 20_000 }).not.toBe(null);
    process.kill(Number(pids().bridge), 'SIGKILL');
    await expect.poll(() => pids().bridge, { interval: 10 }).toBe(null);
    app.kill('SIGTERM');
    await ended;
  },
);

test.runIf(process.platform === 'linux')(
  'bridge and page crash together, twice, and both come back each time',
  async () => {
    const { pids } = start();
    const both = { bridge: expect.any(Number) as number, page: expect.any(Number) as number };
    await expect.poll(pids, { timeout: 20_000 }).toEqual(both);
    for (let crash = 0; crash < 2; crash++) {
      const before = pids();
      for (const pid of Object.values(before)) process.kill(Number(pid), 'SIGKILL');
      const fresh = () => {
        const { bridge, page } = pids();
        return bridge !== null && bridge !== before.bridge && page !== null && page !== before.page;
      };
      await expect.poll(fresh, { timeout: 20_000 }).toBe(true);
    }
  },
);

/** The app's process with this in its command line. */
function pidOf(dataFolder: string, what: string): number | null {
  const own = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = own.find((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return line.includes(what) && line.includes(dataFolder);
    } catch {
      return false;
    }
  });
  return found === undefined ? null : Number(found);
}

test('a page loaded again follows the flash that runs, to its verdict', async () => {
  const box = await plugIn();
  const app = await startApp();
  const { at, page } = app;
  await connect(app, box);
  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-start').click();
  await page.locator('[data-testid="flash-progress"][data-phase="upload"]').waitFor();
  await page.reload();
  await at('flash-progress').waitFor();
  await at('flash-verdict').waitFor({ timeout: 50_000 });
  expect(await at('flash-verdict').getAttribute('data-verdict')).toBe('done');
}, 120_000);
