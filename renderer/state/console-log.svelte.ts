/**
 * The device's own text and the technician's exchanges with its shell. Followed from the first look
 * at the console on, for as long as the line holds. What is shown is a copy that can stand still
 * while lines go on coming.
 */
import type { ConsoleLine } from '../../native-bridge/contract/console.ts';
import type { BridgeClient } from './bridge-client.ts';
import { ConsoleFind } from './console-find.svelte.ts';
import type { Level } from './console-level.ts';
import { LineStore, type KeptLine } from './line-store.ts';
import { ShellHistory } from './shell-history.ts';
import { splitCommand } from './split-command.ts';
import { Task } from './task.svelte.ts';
import { nowUtc } from './time.ts';

/** Lets whatever else waits have its turn. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export class ConsoleLog {
  /** The lines that the filter lets through. */
  shown = $state.raw<readonly KeptLine[]>([]);
  /** All that are kept. */
  count = $state(0);
  /** Lines that made way. */
  dropped = $state(0);
  /** Lines that came since it was held still; null: it is not. */
  waiting = $state<number | null>(null);
  /** True from the first look at the console on. */
  wanted = false;
  readonly watching = new Task();
  readonly shell = new Task();
  readonly history = new ShellHistory();
  readonly find = new ConsoleFind(pause);
  #filter = $state('');
  #least = $state<Level | null>(null);
  readonly #store = new LineStore();
  readonly #client: BridgeClient;
  readonly #terminalId: string;

  constructor(client: BridgeClient, terminalId: string) {
    this.#client = client;
    this.#terminalId = terminalId;
  }

  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    this.#filter = text;
    void this.#refilter();
  }

  /** The least grave level that is shown; null: all. */
  get least(): Level | null {
    return this.#least;
  }

  set least(level: Level | null) {
    this.#least = level;
    void this.#refilter();
  }

  /** The bridge begins with what it has kept; lines held from an earlier watch are replaced by it. */
  async watch(): Promise<void> {
    this.wanted = true;
    let first = true;
    await this.watching.run(() =>
      this.#client.start('watchConsole', { terminalId: this.#terminalId }, ({ lines }) => {
        const sinceUtc = lines[0]?.atUtc;
        if (first && sinceUtc !== undefined) this.#store.forgetDevice(sinceUtc);
        this.#add(lines, first);
        first = false;
      }),
    );
  }

  holdStill(): void {
    this.waiting ??= 0;
  }

  goOn(): void {
    this.waiting = null;
    this.#show(false);
  }

  clear(): void {
    this.#store.clear();
    this.#show(true);
  }

  async runShell(command: string): Promise<void> {
    const argv = splitCommand(command);
    if (argv.length === 0 || this.shell.running) return;
    this.history.add(command);
    const params = { terminalId: this.#terminalId, argv };
    const done = await this.shell.run(() =>
      this.#client.start('runShell', params, ({ asked }) => {
        this.#add([{ atUtc: nowUtc(), from: 'host', text: asked }]);
      }),
    );
    if (done === null) return;
    const atUtc = nowUtc();
    const output = done.output.replace(/^(?:\r?\n)+|(?:\r?\n)+$/g, '');
    const lines = output === '' ? [] : output.split(/\r?\n/);
    this.#add(lines.map((text) => ({ atUtc, from: 'shell', text })));
    if (done.exitCode !== 0) this.#add([{ atUtc, from: 'host', text: `= ${done.exitCode}` }]);
  }

  /** As a file: the time on this computer's clock in UTC, where from, the whole line. */
  async asText(): Promise<string> {
    const parts: string[] = [];
    const lines = this.shown;
    for (let at = 0; at < lines.length; at += 2_000) {
      parts.push(...lines.slice(at, at + 2_000).map(asFileLine));
      await pause();
    }
    return parts.join('');
  }

  async #refilter(): Promise<void> {
    const wanted = { text: this.#filter, least: this.#least };
    if (await this.#store.filter(wanted, pause)) this.#show(true);
  }

  #add(lines: readonly ConsoleLine[], anew = false): void {
    this.#store.add(lines);
    if (this.waiting === null) this.#show(anew);
    else this.waiting += lines.length;
  }

  #show(anew: boolean): void {
    this.shown = this.#store.shown();
    this.count = this.#store.count;
    this.dropped = this.#store.dropped;
    this.find.look(this.shown, anew);
  }
}

function asFileLine({ atUtc, from, text, cutCharacters }: KeptLine): string {
  const cut = cutCharacters === undefined ? '' : ` […+${cutCharacters}]`;
  return `${atUtc} ${from} ${text}${cut}\n`;
}
