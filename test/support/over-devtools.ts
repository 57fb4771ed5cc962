/**
 * An Electron program driven over Chromium's DevTools: the one way into an app whose fuses are set.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';

export interface DrivenProgram {
  readonly process: ChildProcess;
  readonly browser: Browser;
  readonly page: Page;
  readonly close: () => Promise<void>;
}

// Chromium refuses to run sandboxed as root.
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export async function overDevTools(
  executable: string,
  args: readonly string[],
): Promise<DrivenProgram> {
  const child = spawn(executable, [...asRoot, '--remote-debugging-port=0', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  };
  try {
    const url = await devToolsUrl(child);
    // What else it says must not fill the pipe.
    child.stderr.resume();
    await windowShown(url);
    const browser = await chromium.connectOverCDP(url);
    const [context] = browser.contexts();
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (!page) throw new Error('the program opened no window');
    const close = async () => {
      await browser.close();
      await end();
    };
    return { process: child, browser, page, close };
  } catch (error) {
    await end();
    throw error;
  }
}

async function devToolsUrl({ stderr }: { readonly stderr: Readable }): Promise<string> {
  for await (const line of createInterface({ input: stderr })) {
    const [, url] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('the program ended before its window could be reached');
}

/**
 * Waits until a window shows its document, which its title tells. Playwright attached just as the first
 * document takes the empty one's place sees neither, and waits for ever (about one start in forty).
 */
async function windowShown(devTools: string): Promise<void> {
  const list = new URL('/json/list', devTools.replace(/^ws:/, 'http:'));
  const deadline = AbortSignal.timeout(30_000);
  for (;;) {
    const response = await fetch(list, { signal: deadline });
    const targets = (await response.json()) as { readonly type: string; readonly title: string }[];
    if (targets.some(({ type, title }) => type === 'page' && title !== '')) return;
    await after(50, undefined, { signal: deadline });
  }
}
