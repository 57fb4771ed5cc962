/**
 * One shell on the terminal: runs what a script is made of. A subshell is a copy whose variables go
 * with it.
 */
import type { Device } from '../device/device.ts';
import { FileError } from '../device/files.ts';
import type { Call } from './command.ts';
import { expandText, expandWords, type Expander } from './expand.ts';
import { BrokenPipe, Conduit, Interrupted, noInput, noOutput, type Io, type Output } from './io.ts';
import { parse } from './parse.ts';
import { ShellSyntaxError, UnfinishedScript } from './source.ts';
import type { AndOr, Command, List, Pipeline, Redirect } from './syntax.ts';

/** Runs a command by its name; null: there is none. */
export type Lookup = (name: string) => ((call: Call) => Promise<number>) | null;

const SHELL = '/system/bin/sh';
const NOT_FOUND = 127;
const INTERRUPTED = 130;

/** `exit` was called. */
class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super('exit');
    this.code = code;
  }
}

export class Shell {
  readonly #device: Device;
  readonly #lookup: Lookup;
  readonly #variables: Map<string, string>;
  #status = 0;

  constructor(device: Device, lookup: Lookup, variables?: ReadonlyMap<string, string>) {
    this.#device = device;
    this.#lookup = lookup;
    this.#variables = new Map(
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
      await this.#runList(parse(script), io, signal);
      return this.#status;
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
      await this.#runList(list, io, signal);
      return this.#status;
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      this.#status = error.code;
      return null;
    }
  }

  get status(): number {
    return this.#status;
  }

  /** One command by its words, as `timeout` and the abb service do. */
  async runWords(words: readonly string[], io: Io, signal: AbortSignal): Promise<number> {
    if (signal.aborted) throw new Interrupted();
    const [name = '', ...args] = words;
    const builtin = await this.#builtin(name, args, io, signal);
    if (builtin !== null) return builtin;
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

  async #runList(list: List, io: Io, signal: AbortSignal): Promise<void> {
    for (const item of list) {
      if (signal.aborted) throw new Interrupted();
      await this.#runAndOr(item, io, signal);
    }
  }

  async #runAndOr({ first, rest }: AndOr, io: Io, signal: AbortSignal): Promise<void> {
    this.#status = await this.#runPipeline(first, io, signal);
    for (const { operator, pipeline } of rest) {
      if ((operator === '&&') === (this.#status === 0)) {
        this.#status = await this.#runPipeline(pipeline, io, signal);
      }
    }
  }

  async #runPipeline(pipeline: Pipeline, io: Io, signal: AbortSignal): Promise<number> {
    const status = await this.#runPipes(pipeline.commands, io, signal);
    return pipeline.negated ? Number(status === 0) : status;
  }

  async #runPipes(commands: readonly Command[], io: Io, signal: AbortSignal): Promise<number> {
    const [only] = commands;
    if (only !== undefined && commands.length === 1)
      return await this.#runCommand(only, io, signal);
    const conduits = commands.slice(1).map(() => new Conduit());
    const statuses = await Promise.all(
      commands.map(async (command, at) => {
        const before = conduits[at - 1];
        const after = conduits[at];
        const piped = { ...io, stdin: before ?? io.stdin, stdout: after?.write ?? io.stdout };
        const status = await this.#runApart(() => this.#copy().#runCommand(command, piped, signal));
        before?.breakOff();
        after?.end();
        return status;
      }),
    );
    return statuses.at(-1) ?? 0;
  }

  async #runApart(run: () => Promise<number>): Promise<number> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof Exit) return error.code;
      if (error instanceof BrokenPipe) return 141;
      throw error;
    }
  }

  #copy(): Shell {
    const copy = new Shell(this.#device, this.#lookup, this.#variables);
    copy.#status = this.#status;
    return copy;
  }

  async #runCommand(command: Command, io: Io, signal: AbortSignal): Promise<number> {
    const directed = await this.#redirect(command.redirects, io, signal);
    if (directed === null) return 1;
    try {
      return await this.#runDirected(command, directed.io, signal);
    } finally {
      directed.finish();
    }
  }

  async #runDirected(command: Command, io: Io, signal: AbortSignal): Promise<number> {
    switch (command.kind) {
      case 'simple':
        return await this.#runSimple(command, io, signal);
      case 'group': {
        const shell = command.subshell ? this.#copy() : this;
        const run = async (): Promise<number> => {
          await shell.#runList(command.body, io, signal);
          return shell.#status;
        };
        return command.subshell ? await this.#runApart(run) : await run();
      }
      case 'if':
        for (const { test, body } of command.branches) {
          await this.#runList(test, io, signal);
          if (this.#status === 0) return await this.#body(body, io, signal);
        }
        return await this.#body(command.otherwise, io, signal);
      case 'for':
        for (const value of await expandWords(command.words, this.#expander(io, signal))) {
          this.#variables.set(command.name, value);
          await this.#runList(command.body, io, signal);
        }
        return this.#status;
      case 'while':
        for (;;) {
          await this.#runList(command.test, io, signal);
          if ((this.#status === 0) === command.until) return 0;
          await this.#runList(command.body, io, signal);
          // A loop of builtins never waits: others must get their turn.
          await new Promise((resolve) => setImmediate(resolve));
        }
    }
  }

  async #body(body: List, io: Io, signal: AbortSignal): Promise<number> {
    this.#status = 0;
    await this.#runList(body, io, signal);
    return this.#status;
  }

  async #runSimple(
    command: Command & { readonly kind: 'simple' },
    io: Io,
    signal: AbortSignal,
  ): Promise<number> {
    const expander = this.#expander(io, signal);
    const words = await expandWords(command.words, expander);
    for (const [name, value] of command.assigns) {
      this.#variables.set(name, await expandText(value, expander));
    }
    return words.length === 0 ? 0 : await this.runWords(words, io, signal);
  }

  #expander(io: Io, signal: AbortSignal): Expander {
    return {
      files: this.#device.files,
      parameter: (name) => {
        if (name === '?') return String(this.#status);
        if (name === '$') return '9417';
        if (name === '#') return '0';
        if (name === '0') return SHELL;
        return this.#variables.get(name) ?? null;
      },
      output: async (script) => {
        const pieces: Uint8Array[] = [];
        const stdout: Output = (bytes) => {
          pieces.push(bytes);
          return Promise.resolve();
        };
        const shell = this.#copy();
        this.#status = await this.#runApart(async () => {
          await shell.#runList(script, { ...io, stdout }, signal);
          return shell.#status;
        });
        return Buffer.concat(pieces).toString('utf8');
      },
    };
  }

  /** What has to do with the shell itself; null: not such a command. */
  async #builtin(
    name: string,
    args: readonly string[],
    io: Io,
    signal: AbortSignal,
  ): Promise<number | null> {
    switch (name) {
      case ':':
      case 'true':
        return 0;
      case 'false':
        return 1;
      case 'exit':
        throw new Exit(args[0] === undefined ? this.#status : Number(args[0]) & 0xff);
      case 'export':
      case 'set':
      case 'cd':
      case 'umask':
      case 'trap':
      case 'wait':
        return 0;
      case 'unset':
        for (const each of args) this.#variables.delete(each);
        return 0;
      case 'exec':
        throw new Exit(await this.runWords(args, io, signal));
      case 'command':
        return args[0] === '-v'
          ? await this.#whereIs(args.slice(1), io)
          : await this.runWords(args, io, signal);
      case 'type':
      case 'which':
        return await this.#whereIs(args, io);
      default:
        return null;
    }
  }

  async #whereIs(names: readonly string[], io: Io): Promise<number> {
    let found = true;
    for (const name of names) {
      const known = this.#lookup(name) !== null;
      found &&= known;
      if (known) await io.stdout(Buffer.from(`/system/bin/${name}\n`));
    }
    return found ? 0 : 1;
  }

  /** Null: it could not be, and that was said. */
  async #redirect(
    redirects: readonly Redirect[],
    io: Io,
    signal: AbortSignal,
  ): Promise<{ readonly io: Io; readonly finish: () => void } | null> {
    let directed = io;
    const finishers: (() => void)[] = [];
    for (const { fd, operator, target } of redirects) {
      const name = await expandText(target, this.#expander(io, signal));
      try {
        if (operator === '>&') {
          const other = name === '2' ? directed.stderr : name === '1' ? directed.stdout : noOutput;
          directed = fd === 2 ? { ...directed, stderr: other } : { ...directed, stdout: other };
        } else if (operator === '<') {
          directed = { ...directed, stdin: this.#fileInput(name) };
        } else {
          const file = this.#fileOutput(name, operator === '>>');
          finishers.push(file.finish);
          directed =
            fd === 2 ? { ...directed, stderr: file.write } : { ...directed, stdout: file.write };
        }
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        const doing = operator === '<' ? "can't open" : "can't create";
        await io.stderr(Buffer.from(`${SHELL}: ${doing} ${name}: ${error.message}\n`));
        return null;
      }
    }
    return { io: directed, finish: () => finishers.forEach((finish) => finish()) };
  }

  #fileInput(path: string) {
    if (path === '/dev/null') return noInput;
    const conduit = new Conduit();
    void conduit.write(this.#device.files.read(path));
    conduit.end();
    return conduit;
  }

  #fileOutput(
    path: string,
    append: boolean,
  ): { readonly write: Output; readonly finish: () => void } {
    if (path === '/dev/null') return { write: noOutput, finish: () => undefined };
    const { files } = this.#device;
    files.checkWritable(path);
    const pieces = append && files.stat(path) !== null ? [files.read(path)] : [];
    const write: Output = (bytes) => {
      pieces.push(bytes);
      return Promise.resolve();
    };
    return { write, finish: () => files.write(path, Buffer.concat(pieces)) };
  }
}
