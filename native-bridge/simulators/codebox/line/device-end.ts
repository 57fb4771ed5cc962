/**
 * A tty of this machine that is the terminal's own end of a line: `/dev/ttyGS0` of a USB gadget, or
 * a real UART with a cable to the host. The host's port is at the other end, so its name is not
 * known here, and the cable is not ours: `pull` and `plug` only let go of the tty and take it
 * again. The system hangs it up when the host goes; it is opened again until we are closed.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostEndError, MAX_UNREAD_BYTES, type HostEnd, type HostEvents } from './host-end.ts';

const REOPEN_MS = 50;

export class DeviceEnd implements HostEnd {
  readonly #path: string;
  readonly #events: HostEvents;
  #socat: ChildProcess | null = null;
  /** The loop that keeps the tty open; null: pulled. */
  #open: { readonly stop: AbortController; readonly ended: Promise<void> } | null = null;

  constructor(path: string, events: HostEvents) {
    this.#path = path;
    this.#events = events;
  }

  async open(): Promise<string> {
    const stop = new AbortController();
    const first = this.#hold(stop.signal);
    await first.started;
    this.#open = { stop, ended: this.#keep(first.ended, stop.signal) };
    return `serial://${this.#path}`;
  }

  write(bytes: Uint8Array): void {
    const pipe = this.#socat?.stdin;
    if (pipe?.writable === true && pipe.writableLength < MAX_UNREAD_BYTES) pipe.write(bytes);
  }

  pause(): void {
    this.#socat?.stdout?.pause();
  }

  resume(): void {
    this.#socat?.stdout?.resume();
  }

  async pull(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    open.stop.abort();
    await open.ended;
  }

  async plug(): Promise<string> {
    await this.pull();
    return this.open();
  }

  close(): Promise<void> {
    return this.pull();
  }

  async #keep(first: Promise<void>, signal: AbortSignal): Promise<void> {
    await first;
    while (!signal.aborted) {
      await sleep(REOPEN_MS);
      if (!stopped(signal)) await this.#hold(signal).ended;
    }
  }

  /** `started` rejects where there is no socat; `ended` resolves at the hang-up. */
  #hold(signal: AbortSignal): { started: Promise<void>; ended: Promise<void> } {
    const socat = spawn('socat', ['-b', '512', `${this.#path},raw,echo=0`, 'STDIO'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#socat = socat;
    const kill = (): boolean => socat.kill('SIGTERM');
    signal.addEventListener('abort', kill, { once: true });
    socat.stdout.on('data', (bytes: Buffer) => this.#events.received(bytes));
    socat.stdin.on('error', () => undefined);
    const started = new Promise<void>((resolve, reject) => {
      socat.once('spawn', resolve);
      socat.once('error', (cause) => reject(new HostEndError('needs-socat', { cause })));
    });
    started.catch(() => undefined);
    const ended = new Promise<void>((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', kill);
        resolve();
      };
      socat.once('close', end);
      socat.once('error', end);
    });
    return { started, ended };
  }
}

/** TypeScript takes a signal that was not fired before for one that never fires. */
function stopped(signal: AbortSignal): boolean {
  return signal.aborted;
}
