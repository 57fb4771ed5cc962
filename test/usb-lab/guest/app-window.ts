/**
 * The packaged app as it is installed, in the guest: on a display without a screen, driven over
 * Chromium's DevTools and Node's inspector. One for all tests of the guest: its start costs an emulated
 * processor more than most of them. Elements are found by their handles (renderer/TESTING.md).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { DevTools } from './dev-tools.ts';
import { until, within } from './harness.ts';
import { newFolder } from './product.ts';

const app = process.env['LAB_APP'] ?? 'pos-bench';
const pictures = join(process.env['LAB_OUT'] ?? '.', 'pictures');
/** The smallest that it may be: fewer points to paint. */
const size = { width: 1024, height: 640 };
const startTimeoutMs = 120_000;
const seeTimeoutMs = 120_000;
const lastLines = 20;

/** What expressions about the page may use. */
const helpers = `
  const all = (id, within = document) =>
    [...(within ?? document).querySelectorAll('[data-testid="' + id + '"]')];
  const one = (id, within) => (within === null ? null : (all(id, within)[0] ?? null));
  const words = (element) => (element?.innerText ?? '').replace(/\\s+/g, ' ').trim();
  const card = (text) => all('terminal-card').find((each) => words(each).includes(text)) ?? null;
  const row = (url) => all('port-row').find((each) => each.dataset.portUrl === url) ?? null;
`;

export interface Seen<T> {
  readonly value: T;
  /** By the guest's clock, when the page was first so. */
  readonly atMs: number;
}

let shared: Promise<AppWindow> | null = null;

/** The one of this guest; open, with its list of terminals live. */
export function appWindow(): Promise<AppWindow> {
  shared ??= AppWindow.open();
  return shared;
}

export class AppWindow {
  /** Everything that went wrong in the page since it was opened. */
  readonly complaints: string[] = [];
  readonly #page: DevTools;
  readonly #main: DevTools;
  readonly #process: ChildProcess;

  private constructor(page: DevTools, main: DevTools, process: ChildProcess) {
    this.#page = page;
    this.#main = main;
    this.#process = process;
  }

  static async open(): Promise<AppWindow> {
    const display = await startDisplay();
    const args = ['--no-sandbox', '--disable-gpu', '--lang=en', `--data=${newFolder()}`];
    const child = spawn(app, ['--inspect=0', '--remote-debugging-port=0', ...args], {
      env: { ...process.env, DISPLAY: display },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const { inspector, devTools } = await addresses(child.stderr);
    const opened = new AppWindow(
      await DevTools.connect(await pageAddress(devTools)),
      await DevTools.connect(inspector),
      child,
    );
    await opened.#prepare();
    return opened;
  }

  /** Looks after every change of the page until the expression is true. */
  async see<T>(what: string, expression: string, timeoutMs = seeTimeoutMs): Promise<Seen<T>> {
    const looked = `new Promise((resolve) => {
      ${helpers}
      const look = () => {
        const value = ${expression};
        if (!value) return false;
        observer.disconnect();
        resolve({ value: value instanceof Element ? true : value, atMs: Date.now() });
        return true;
      };
      const observer = new MutationObserver(look);
      const everything = { subtree: true, childList: true, attributes: true, characterData: true };
      if (!look()) observer.observe(document, everything);
    })`;
    try {
      return await this.#page.evaluate<Seen<T>>(looked, timeoutMs);
    } catch (error) {
      const shown = await this.read<string>('words(document.body)').catch(() => '');
      throw new Error(`${what}: ${String(error)}\nThe window shows: ${shown}`, { cause: error });
    }
  }

  /** The value of an expression now. */
  async read<T>(expression: string): Promise<T> {
    return await this.#page.evaluate<T>(`(() => { ${helpers} return ${expression}; })()`);
  }

  /** The words of the element with this handle. */
  async words(handle: string): Promise<string> {
    return await this.read<string>(`words(one('${handle}'))`);
  }

  /** With the mouse, in the middle of the element, once it is there, enabled and not covered. */
  async click(element: string): Promise<void> {
    const place = `(() => {
      const element = ${element};
      if (element === null || element.disabled) return null;
      element.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      return element.contains(document.elementFromPoint(x, y)) ? { x, y } : null;
    })()`;
    const { value } = await this.see<{ x: number; y: number }>(`${element} to click`, place);
    const at = { ...value, button: 'left', clickCount: 1 };
    for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased']) {
      await this.#page.call('Input.dispatchMouseEvent', { type, ...at });
    }
  }

  /** The next file dialogue answers with this file. */
  async willChoose(path: string): Promise<void> {
    const answer = JSON.stringify({ canceled: false, filePaths: [path] });
    await this.#inMain(`electron.dialog.showOpenDialog = () => Promise.resolve(${answer})`);
  }

  /** Into the results' folder, for people to look at. */
  async picture(name: string): Promise<void> {
    const { data } = await this.#page.call<{ data: string }>('Page.captureScreenshot');
    mkdirSync(pictures, { recursive: true });
    writeFileSync(join(pictures, `${name}.png`), Buffer.from(data, 'base64'));
  }

  /** Closed as a person does it; how it ended. */
  async close(): Promise<number | null> {
    const ended = once(this.#process, 'exit') as Promise<[number | null]>;
    await this.#inMain('electron.BrowserWindow.getAllWindows()[0].close()');
    // A process that is inspected waits at its end for the inspector to leave.
    this.#main.close();
    this.#page.close();
    const [code] = await within(ended, startTimeoutMs, 'the app’s end');
    return code;
  }

  async #prepare(): Promise<void> {
    this.#page.onEvent = (method, params) => {
      const text = JSON.stringify(params);
      if (method === 'Runtime.exceptionThrown') this.complaints.push(text);
      if (method === 'Runtime.consoleAPICalled' && params['type'] === 'error') {
        this.complaints.push(text);
      }
      if (method === 'Log.entryAdded' && text.includes('"level":"error"')) {
        this.complaints.push(text);
      }
    };
    await this.#page.call('Runtime.enable');
    await this.#page.call('Log.enable');
    const { width, height } = size;
    await this.#inMain(
      `electron.BrowserWindow.getAllWindows()[0].setContentSize(${width}, ${height})`,
    );
    await this.see('the list of terminals', `one('terminal-list')?.dataset.state === 'live'`);
  }

  async #inMain(expression: string): Promise<void> {
    // The main process is made of modules: there is no `require` in it.
    const electron = `process.getBuiltinModule('node:module').createRequire(process.execPath)('electron')`;
    await this.#main.evaluate(`{ const electron = ${electron}; ${expression}; } null`);
  }
}

/** The display's name, once it takes programs. */
async function startDisplay(): Promise<string> {
  const screen = `${size.width}x${size.height}x24`;
  const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  const said = once(server.stdio[3] as Readable, 'data') as Promise<[Buffer]>;
  const [number] = await within(said, startTimeoutMs, 'a display');
  return `:${String(number).trim()}`;
}

interface Addresses {
  readonly inspector: string;
  readonly devTools: string;
}

/** As the app says them; what else it says is shown where it ends before that. */
async function addresses(stderr: Readable): Promise<Addresses> {
  const lines: string[] = [];
  const found = new Promise<Addresses>((resolve, reject) => {
    let inspector = '';
    createInterface({ input: stderr })
      .on('line', (line) => {
        lines.push(line);
        if (lines.length > lastLines) lines.shift();
        inspector ||= /^Debugger listening on (ws:\S+)/.exec(line)?.[1] ?? '';
        const [, devTools] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
        if (devTools !== undefined) resolve({ inspector, devTools });
      })
      .on('close', () => reject(new Error('the app ended')));
  });
  return await within(found, startTimeoutMs, 'the app’s lines').catch((error: unknown) => {
    throw new Error(lines.join('\n'), { cause: error });
  });
}

/** Of the window's page, once there is one. */
async function pageAddress(devTools: string): Promise<string> {
  const { host } = new URL(devTools);
  return await until('the window', async () => {
    const answer = await fetch(`http://${host}/json/list`);
    const targets = (await answer.json()) as { type: string; webSocketDebuggerUrl: string }[];
    return targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl;
  });
}
