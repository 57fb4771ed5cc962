/**
 * One shell on the terminal: runs a script, a line, a command by its words. A subshell is a copy
 * whose variables go with it.
 */
import type { Device } from '../device/device.ts';
import { builtin } from './builtins.ts';
import type { Call } from './command.ts';
import { Exit } from './exit.ts';
import { expandText, expandWords, type Expander } from './expand.ts';
import { runApart, runList, type Runner } from './flow.ts';
import { BrokenPipe, Interrupted, type Io, type Output } from './io.ts';
import { parse } from './parse.ts';
import { direct } from './redirect.ts';
import { ShellSyntaxError, UnfinishedScript } from './source.ts';
import type { Command, List, Word } from './syntax.ts';

/** Runs a command by its name; null: there is none. */
export type Lookup = (name: string) => ((call: Call) => Promise<number>) | null;

const SHELL = '/system/bin/sh';
const NOT_FOUND = 127;
const INTERRUPTED = 130;

export class Shell implements Runner {
  readonly #device: Device;
  readonly #lookup: Lookup;
  readonly variables: Map<string, string>;
  status = 0;

  constructor(device: Device, lookup: Lookup, variables?: ReadonlyMap<string, string>) {
    this.#device = device;
    this.#lookup = lookup;
    this.variables = new Map(
      variables ?? [
        ['PATH', '/sbin:/system/bin:/system/xbin:/vendor/bin'],
        ['HOME', '/'],
        ['USER', 'shell'],
        ['HOSTNAME', device.model.device],
        ['ANDROID_DATA', '/data'],
        ['EXTERNAL_STORAGE', '/sdcard'],
      ],
    );
  }

  /** The exit code. A script that can't be understood prints why, and gives 1. */
  async runScript(script: string, io: Io, signal: AbortSignal): Promise<number> {
    try {
      await runList(this, parse(script), io, signal);
      return this.status;
    } catch (error) {
      if (error instanceof Exit) return error.code;
      if (error instanceof Interrupted || error instanceof BrokenPipe) return INTERRUPTED;
      const message =
        error instanceof UnfinishedScript
          ? 'unexpected end of file'
          : error instanceof ShellSyntaxError
            ? error.message
            : null;
      if (message === null) throw error;
      await io.stderr(Buffer.from(`${SHELL}: syntax error: ${message}\n`));
      return 1;
    }
  }

  /** Line by line, as they come; null: `exit` was called. @throws {UnfinishedScript} */
  async runLines(lines: string, io: Io, signal: AbortSignal): Promise<number | null> {
    const list = parse(lines);
    try {
      await runList(this, list, io, signal);
      return this.status;
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      this.status = error.code;
      return null;
    }
  }

  /** One command by its words, as `timeout` and the abb service do. */
  async runWords(words: readonly string[], io: Io, signal: AbortSignal): Promise<number> {
    if (signal.aborted) throw new Interrupted();
    const [name = '', ...args] = words;
    const own = await this.#builtin(name, args, io, signal);
    if (own !== null) return own;
    const command = this.#lookup(name.replace(/^\/system\/(?:x?bin)\//, ''));
    if (command === null) {
      const what =
        this.#device.model.firmware.sdk >= 28 ? 'inaccessible or not found' : 'not found';
      await io.stderr(Buffer.from(`${SHELL}: ${name}: ${what}\n`));
      return NOT_FOUND;
    }
    const run: Call['run'] = (inner, innerIo, innerSignal) =>
      this.runWords(inner, innerIo, innerSignal);
    const script: Call['script'] = (text, innerIo, innerSignal) =>
      new Shell(this.#device, this.#lookup).runScript(text, innerIo, innerSignal);
    return await command({ args, io, device: this.#device, signal, run, script });
  }

  copy(): Shell {
    const copy = new Shell(this.#device, this.#lookup, this.variables);
    copy.status = this.status;
    return copy;
  }

  async runSimple(
    command: Command & { readonly kind: 'simple' },
    io: Io,
    signal: AbortSignal,
  ): Promise<number> {
    const expander = this.#expander(io, signal);
    const words = await expandWords(command.words, expander);
    for (const [name, value] of command.assigns) {
      this.variables.set(name, await expandText(value, expander));
    }
    return words.length === 0 ? 0 : await this.runWords(words, io, signal);
  }

  async expand(words: readonly Word[], io: Io, signal: AbortSignal): Promise<string[]> {
    return await expandWords(words, this.#expander(io, signal));
  }

  async directed(
    command: Command,
    io: Io,
    signal: AbortSignal,
    run: (io: Io) => Promise<number>,
  ): Promise<number> {
    const expand = (target: Word): Promise<string> =>
      expandText(target, this.#expander(io, signal));
    const directed = await direct(command.redirects, io, this.#device.files, expand);
    if (directed === null) return 1;
    try {
      return await run(directed.io);
    } finally {
      directed.finish();
    }
  }

  #builtin(name: string, args: readonly string[], io: Io, signal: AbortSignal) {
    const surroundings = {
      status: this.status,
      variables: this.variables,
      has: (wanted: string) => this.#lookup(wanted) !== null,
      run: (words: readonly string[]) => this.runWords(words, io, signal),
    };
    return builtin(name, args, surroundings, io);
  }

  #expander(io: Io, signal: AbortSignal): Expander {
    return {
      files: this.#device.files,
      parameter: (name) => {
        if (name === '?') return String(this.status);
        if (name === '$') return '9417';
        if (name === '#') return '0';
        if (name === '0') return SHELL;
        return this.variables.get(name) ?? null;
      },
      output: (script) => this.#output(script, io, signal),
    };
  }

  async #output(script: List, io: Io, signal: AbortSignal): Promise<string> {
    const pieces: Uint8Array[] = [];
    const stdout: Output = (bytes) => {
      pieces.push(bytes);
      return Promise.resolve();
    };
    const shell = this.copy();
    this.status = await runApart(async () => {
      await runList(shell, script, { ...io, stdout }, signal);
      return shell.status;
    });
    return Buffer.concat(pieces).toString('utf8');
  }
}
