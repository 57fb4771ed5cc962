/**
 * The device's own text and the technician's exchanges with its shell. Bounded: the oldest lines
 * make way. Followed from the first look at the console on, for as long as the line holds.
 */
import type { ConsoleLine } from '../../native-bridge/contract/console.ts';
import type { BridgeClient } from './bridge-client.ts';
import { splitCommand } from './split-command.ts';
import { Task } from './task.svelte.ts';
import { nowUtc } from './time.ts';

export const maxLines = 20_000;

export class ConsoleLog {
  lines = $state.raw<readonly ConsoleLine[]>([]);
  /** Lines that made way. */
  dropped = $state(0);
  filter = $state('');
  /** True from the first look at the console on. */
  wanted = false;
  readonly watching = new Task();
  readonly shell = new Task();
  readonly history: string[] = [];
  readonly #client: BridgeClient;
  readonly #terminalId: string;

  constructor(client: BridgeClient, terminalId: string) {
    this.#client = client;
    this.#terminalId = terminalId;
  }

  get shown(): readonly ConsoleLine[] {
    const wanted = this.filter.trim().toLowerCase();
    if (wanted === '') return this.lines;
    return this.lines.filter((line) => line.text.toLowerCase().includes(wanted));
  }

  /** The bridge begins with what it has kept; lines held from an earlier watch are replaced by it. */
  async watch(): Promise<void> {
    this.wanted = true;
    let first = true;
    await this.watching.run(() =>
      this.#client.start('watchConsole', { terminalId: this.#terminalId }, ({ lines }) => {
        if (first) this.#forgetFrom(lines[0]?.atUtc);
        first = false;
        this.#add(lines);
      }),
    );
  }

  clear(): void {
    this.lines = [];
    this.dropped = 0;
  }

  async runShell(command: string): Promise<void> {
    const argv = splitCommand(command);
    if (argv.length === 0 || this.shell.running) return;
    this.history.push(command);
    this.#add([{ atUtc: nowUtc(), from: 'host', text: command }]);
    const done = await this.shell.run(() =>
      this.#client.start('runShell', { terminalId: this.#terminalId, argv }),
    );
    if (done === null) return;
    const atUtc = nowUtc();
    const output = done.output.replace(/^(?:\r?\n)+|(?:\r?\n)+$/g, '');
    const lines = output === '' ? [] : output.split(/\r?\n/);
    this.#add(lines.map((text) => ({ atUtc, from: 'shell', text })));
    if (done.exitCode !== 0) this.#add([{ atUtc, from: 'host', text: `= ${done.exitCode}` }]);
  }

  #forgetFrom(utc: string | undefined): void {
    if (utc === undefined) return;
    this.lines = this.lines.filter((line) => line.from !== 'device' || line.atUtc < utc);
  }

  #add(lines: readonly ConsoleLine[]): void {
    const all = [...this.lines, ...lines];
    const excess = Math.max(0, all.length - maxLines);
    this.dropped += excess;
    this.lines = excess === 0 ? all : all.slice(excess);
  }
}
