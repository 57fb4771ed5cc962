/** The window itself: it opens, it is closed in on all sides, it speaks both languages. */
import { expect, test } from 'vitest';
import { startApp } from './harness.ts';

test('the packaged app opens on the terminals and complains of nothing', async () => {
  const app = await startApp();
  expect(await app.page.title()).toBe('POS Bench');
  await app.at('training').first().waitFor();
  expect(await app.at('rail-terminals').textContent()).toContain('Terminals');
  expect(app.complaints).toEqual([]);
});

test('the page reaches neither Node nor the network, leaves nowhere and opens nothing', async () => {
  const { page, electron } = await startApp();
  const reached = await page.evaluate(async () => {
    const outcome = async (attempt: () => unknown) => {
      try {
        return String(await attempt());
      } catch (error) {
        return (error as Error).name;
      }
    };
    return {
      node: [typeof Reflect.get(globalThis, 'process'), typeof Reflect.get(globalThis, 'require')],
      host: Object.keys(window.posBench).sort(),
      // Not in the debugger's own turn, which may evaluate what it likes.
      evaluated: await outcome(async () => {
        await new Promise((resolve) => setTimeout(resolve, 0));
        // Must be refused.
        return eval('1') as unknown;
      }),
      fetched: await outcome(() => fetch('http://127.0.0.1:1/')),
      opened: window.open('app://pos-bench/index.html') === null,
      location: await outcome(() =>
        navigator.permissions.query({ name: 'geolocation' }).then((p) => p.state),
      ),
    };
  });
  expect(reached).toEqual({
    node: ['undefined', 'undefined'],
    host: [
      'begun',
      'camera',
      'dataFolder',
      'droppedFile',
      'endSilentBridge',
      'notify',
      'openFile',
      'platform',
      'preferences',
      'requestPort',
      'saveBytes',
      'savePdf',
      'saveText',
      'updates',
      'uptimeMs',
    ],
    evaluated: 'EvalError',
    fetched: 'TypeError',
    opened: true,
    location: 'denied',
  });
  await electron.evaluate(({ BrowserWindow }) => {
    const asked: unknown[] = [];
    Reflect.set(globalThis, 'asked', asked);
    // After the app's own listener, so that what that one decided is seen.
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-frame-navigate', (event) => {
      asked.push([event.url, event.defaultPrevented ? 'refused' : 'let through']);
    });
  });
  await page.evaluate(() => {
    Reflect.set(globalThis, 'still', 'the same page');
    // Chromium's own refusal: the host is not even asked.
    location.href = 'file:///etc/passwd';
  });
  await page.evaluate(() => {
    location.href = 'app://pos-bench/other.html';
  });
  await expect
    .poll(() => electron.evaluate(() => Reflect.get(globalThis, 'asked') as unknown))
    .toEqual([['app://pos-bench/other.html', 'refused']]);
  expect(await page.evaluate(() => Reflect.get(globalThis, 'still') as unknown)).toBe(
    'the same page',
  );
  expect(page.url()).toBe('app://pos-bench/index.html');
  expect(electron.windows()).toHaveLength(1);
});

test('the app protocol gives the files of the window and nothing else', async () => {
  const { electron } = await startApp();
  const statusOf = (url: string) =>
    electron.evaluate(async ({ net }, address) => (await net.fetch(address)).status, url);
  expect(await statusOf('app://pos-bench/index.html')).toBe(200);
  for (const url of [
    'app://pos-bench/',
    'app://pos-bench/../../package.json',
    'app://pos-bench/..%2f..%2fpackage.json',
    'app://pos-bench/%2e%2e/electron/main.js',
    'app://pos-bench//etc/passwd',
    'app://elsewhere/index.html',
  ]) {
    expect([url, await statusOf(url)]).toEqual([url, 404]);
  }
});

test('what the window sends its host is checked', async () => {
  const { page } = await startApp();
  const refused = await page.evaluate(async () => {
    const host = window.posBench;
    const attempts: Promise<unknown>[] = [
      host.openFile('../../etc/passwd' as never),
      host.saveText({ suggestedName: '', text: 'x' }),
      host.saveBytes({ suggestedName: 'x', bytes: 'x' as never }),
      host.preferences.set({ locale: 'tlh' as never }),
    ];
    return (await Promise.allSettled(attempts)).map(({ status }) => status);
  });
  expect(refused).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
});

test('the language changes at once, without a reload, and is remembered', async () => {
  const first = await startApp({ locale: 'en' });
  await first.page.evaluate(() => Reflect.set(window, 'still', 'the same page'));
  await first.at('language-switch').click();
  await expect.poll(() => first.at('rail-terminals').textContent()).toContain('终端');
  expect(await first.page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  const titles = () =>
    first.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.getTitle()),
    );
  await expect.poll(titles).toEqual(['支付终端检修台']);
  expect(await first.page.evaluate(() => Reflect.get(window, 'still') as string)).toBe(
    'the same page',
  );
  await first.close();

  const second = await startApp({ locale: 'en', dataFolder: first.dataFolder });
  expect(await second.at('rail-terminals').textContent()).toContain('终端');
});

test('a Chinese system gets Chinese', async () => {
  const { at } = await startApp({ locale: 'zh-CN' });
  expect(await at('rail-terminals').textContent()).toContain('终端');
});

test('light and dark are two pages of the same colour values', async () => {
  const { at, page } = await startApp();
  const seen = new Map<string, string>();
  for (let press = 0; press < 3; press++) {
    await at('theme-switch').click();
    const [theme, colour] = await page.evaluate(() => [
      document.documentElement.dataset['theme'] ?? '',
      getComputedStyle(document.querySelector('main') ?? document.body).backgroundColor,
    ]);
    if (theme && colour) seen.set(theme, colour);
  }
  expect([...seen.keys()].sort()).toEqual(['dark', 'light']);
  expect(seen.get('dark')).not.toBe(seen.get('light'));
});

test('a second start shows the first window and ends', async () => {
  const first = await startApp();
  const isShown = () =>
    first.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.isVisible()),
    );
  await first.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await isShown()).toEqual([false]);
  await expect(startApp({ dataFolder: first.dataFolder })).rejects.toThrow();
  await expect.poll(isShown).toEqual([true]);
});

test('nothing scrolls sideways at 1024 × 640', async () => {
  const { electron, page } = await startApp({ args: ['--training'] });
  await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 640),
  );
  await page.locator('[data-testid="terminal-card"]').waitFor();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

test('a data folder that cannot be written is said in the window', async () => {
  const { page } = await startApp({ dataFolder: '/proc/pos-bench', until: 'failed' });
  expect(await page.locator('[data-testid="terminal-list"]').textContent()).toContain(
    '/proc/pos-bench',
  );
});
