/**
 * Keeps the bridge's process alive and windows connected to it. A process that ends by itself is
 * started again, later each time; every open window then gets a fresh port unasked. One that hangs is
 * told to the windows, which offer to end it (heartbeat.ts). Main never holds the other end of a port,
 * so device bytes don't pass through it.
 */
import {
  MessageChannelMain,
  utilityProcess,
  type UtilityProcess,
  type WebContents,
} from 'electron';
import type { RunningWork } from '../native-bridge/bridge.ts';
import type { Fault } from '../native-bridge/contract/fault.ts';
import type { FileAnswer } from '../renderer/host.d.ts';
import { fromProcessSchema, type ToProcess } from './bridge-messages.ts';
import { channels } from './channel-names.ts';
import { Heartbeat } from './heartbeat.ts';

const restartDelayMs = { first: 250, longest: 10_000 };
/** A process that lived this long was well: the next restart is quick again. */
const wellAfterMs = 30_000;
const closeTimeoutMs = 5_000;
/** The longest is a signature over the largest file that is saved. */
const answerTimeoutMs = 60_000;
/** A process that hangs may not take the gentle way. */
const killTimeoutMs = 2_000;

export interface BridgeHostOptions {
  readonly program: string;
  readonly dataFolder: string;
  /** The shell with a runtime of its own (build/package.ts). */
  readonly shellFolder: string;
  readonly training: boolean;
  readonly onBusy: (busy: boolean) => void;
  readonly onWork: (work: readonly RunningWork[]) => void;
}

/** `text`: null where the shop has no key. */
export type SignatureAnswer = { readonly text: string | null } | { readonly fault: Fault };
type Answer = FileAnswer | SignatureAnswer;
const silence: Answer = { fault: { code: 'bridge-silent', facts: {}, trace: [] } };

export class BridgeHost {
  readonly #options: BridgeHostOptions;
  readonly #windows = new Set<WebContents>();
  /** What the process was asked, by number. */
  readonly #asked = new Map<number, (answer: Answer) => void>();
  readonly #heartbeat = new Heartbeat({
    ask: () => this.#tell({ type: 'ping' }),
    onSilent: (silent) => this.#tellSilent(silent),
  });
  #process: UtilityProcess | null = null;
  #nextId = 1;
  #failures = 0;
  #closing = false;

  constructor(options: BridgeHostOptions) {
    this.#options = options;
    this.#start();
  }

  /** Of its process; null while it is away. */
  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** Gives the window's page a port, now and after every restart of the bridge. */
  connect(contents: WebContents): void {
    if (!this.#windows.has(contents)) {
      this.#windows.add(contents);
      contents.once('destroyed', () => this.#windows.delete(contents));
    }
    this.#givePort(contents);
    contents.send(channels.bridgeSilent, this.#heartbeat.silent);
  }

  /** Ends a process that hangs; as after every end, it is started again. One that answers is let be. */
  endSilent(): void {
    const child = this.#process;
    if (child === null || !this.#heartbeat.silent) return;
    console.error('the bridge does not answer and is ended as the window asks');
    const { pid } = child;
    const timer = setTimeout(() => {
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    }, killTimeoutMs);
    child.once('exit', () => clearTimeout(timer));
    child.kill();
  }

  /** A fault where the bridge refuses the file or is away. */
  registerFile(path: string): Promise<FileAnswer> {
    return this.#ask<FileAnswer>((id) => ({ type: 'register-file', id, path }));
  }

  /** In minisign's format; null where the shop has no key, a fault where the bridge is away. */
  signFile(fileName: string, bytes: Uint8Array): Promise<SignatureAnswer> {
    return this.#ask<SignatureAnswer>((id) => ({
      type: 'sign-file',
      id,
      fileName,
      bytes: new Uint8Array(bytes),
    }));
  }

  #ask<A extends Answer>(question: (id: number) => ToProcess): Promise<A> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#asked.get(id)?.(silence);
        this.#asked.delete(id);
      }, answerTimeoutMs);
      // The process answers each question with its own kind of answer, or a fault.
      this.#asked.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer as A);
      });
      if (this.#process === null) this.#dropAsked();
      else this.#tell(question(id));
    });
  }

  /** A line for the log, which is the bridge's: what happened to the computer. */
  note(text: string): void {
    this.#tell({ type: 'note', text });
  }

  /** Lets the bridge end in order; it is killed where it does not. */
  async close(): Promise<void> {
    this.#closing = true;
    const child = this.#process;
    if (child === null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill(), closeTimeoutMs);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#tell({ type: 'close' });
    });
  }

  /** After `close`: every window gets a port again, and learns that nothing failed. */
  reopen(): void {
    this.#closing = false;
    this.#start(true);
  }

  #start(wasClosed = false): void {
    // The app may have begun to end while the restart was waited for, or started it otherwise.
    if (this.#closing || this.#process !== null) return;
    const startedMs = performance.now();
    const { program, dataFolder, shellFolder } = this.#options;
    const child = utilityProcess.fork(program, [dataFolder, shellFolder], {
      serviceName: 'POS Bench bridge',
    });
    this.#process = child;
    child.on('message', (message) => this.#hear(message));
    this.#heartbeat.start();
    child.once('exit', (code) => {
      this.#process = null;
      this.#heartbeat.stop();
      this.#dropAsked();
      this.#options.onBusy(false);
      this.#options.onWork([]);
      if (this.#closing) return;
      if (performance.now() - startedMs > wellAfterMs) this.#failures = 0;
      const delayMs = Math.min(restartDelayMs.first * 2 ** this.#failures, restartDelayMs.longest);
      this.#failures += 1;
      console.error(`the bridge ended (${code}); starting it again in ${delayMs} ms`);
      setTimeout(() => this.#start(), delayMs);
    });
    if (this.#options.training) this.#tell({ type: 'attach-training' });
    for (const contents of this.#windows) this.#givePort(contents, wasClosed);
  }

  #givePort(contents: WebContents, wasClosed = false): void {
    // While the bridge is away there is nothing to connect to; the restart gives the port.
    // A crashed page is loaded again and asks then: a port sent to its frame blocks main for ever
    // (seen with Electron 45 on Linux; test/app/bridge.test.ts).
    if (this.#process === null || contents.isCrashed()) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#process.postMessage({ type: 'window' } satisfies ToProcess, [port1]);
    try {
      contents.mainFrame.postMessage(channels.port, { wasClosed }, [port2]);
    } catch (error) {
      // The page has just ended; it is loaded again, and asks then.
      console.error(`no port for the page: ${String(error)}`);
      port2.close();
    }
  }

  #tell(message: ToProcess): void {
    this.#process?.postMessage(message);
  }

  #tellSilent(silent: boolean): void {
    if (silent) console.error('the bridge does not answer');
    for (const contents of this.#windows) {
      if (!contents.isCrashed()) contents.send(channels.bridgeSilent, silent);
    }
  }

  #hear(data: unknown): void {
    const parsed = fromProcessSchema.safeParse(data);
    if (!parsed.success) {
      console.error(`unreadable message from the bridge's process: ${parsed.error.message}`);
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'pong':
        this.#heartbeat.heard();
        return;
      case 'busy':
        this.#options.onBusy(message.busy);
        return;
      case 'work':
        this.#options.onWork(message.work);
        return;
      case 'file':
        this.#asked.get(message.id)?.({ file: message.file });
        break;
      case 'signature':
        this.#asked.get(message.id)?.({ text: message.text });
        break;
      case 'fault':
        this.#asked.get(message.id)?.({ fault: message.fault });
    }
    this.#asked.delete(message.id);
  }

  #dropAsked(): void {
    for (const answer of this.#asked.values()) {
      answer({ fault: { code: 'bridge-away', facts: {}, trace: [] } });
    }
    this.#asked.clear();
  }
}
