/**
 * A pseudo terminal, through socat (Node has none of its own). `ignoreeof` lets it outlive a host
 * that closes its port; nobody but the host has the port open, as with a real one.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostEndError, MAX_UNREAD_BYTES, type HostEnd, type HostEvents } from './host-end.ts';

const OPEN_DEADLINE_MS = 5000;
const POLL_MS = 5;

export class PtyEnd implements HostEnd {
  #link: string;
  readonly #ownFolder: string | null;
  readonly #baud: number;
  readonly #events: HostEvents;
  #socat: ChildProcess | null = null;

  /** With a link path the address is that path, else the pty's own. */
  constructor(link: string | null, baud: number, events: HostEvents) {
    this.#ownFolder = link === null ? mkdtempSync(join(tmpdir(), 'codebox-')) : null;
    this.#link = link ?? join(this.#ownFolder ?? tmpdir(), 'pty');
    this.#baud = baud;
    this.#events = events;
  }

  async open(): Promise<string> {
    const pty = `PTY,link=${this.#link},raw,echo=0,ignoreeof`;
    const socat = spawn('socat', ['-b', '512', pty, 'STDIO'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#socat = socat;
    const gone = new Promise<never>((_, reject) => {
      socat.once('error', (cause) => reject(new HostEndError('needs-socat', { cause })));
      socat.once('exit', () => reject(new HostEndError('failed')));
    });
    gone.catch(() => undefined);
    socat.stdout.on('data', (bytes: Buffer) => this.#events.received(bytes));
    socat.stdin.on('error', () => undefined);
    await Promise.race([this.#appears(socat, gone), gone]);
    const path = this.#ownFolder === null ? this.#link : readlinkSync(this.#link);
    return `serial://${path}?baud=${this.#baud === 0 ? 115_200 : this.#baud}`;
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
    const socat = this.#socat;
    this.#socat = null;
    if (socat?.exitCode !== null) return;
    const ended = new Promise((resolve) => socat.once('exit', resolve));
    socat.kill('SIGTERM');
    await ended;
    rmSync(this.#link, { force: true });
  }

  async plug(): Promise<string> {
    await this.pull();
    return this.open();
  }

  /** Another pty and another link; the old one goes when the new one is there. */
  async move(): Promise<string> {
    const [socat, link] = [this.#socat, this.#link];
    this.#link = `${link}-moved`;
    const url = await this.open();
    if (socat?.exitCode === null) {
      const ended = new Promise((resolve) => socat.once('exit', resolve));
      socat.kill('SIGTERM');
      await ended;
    }
    rmSync(link, { force: true });
    return url;
  }

  async close(): Promise<void> {
    await this.pull();
    if (this.#ownFolder !== null) rmSync(dirname(this.#link), { recursive: true, force: true });
  }

  async #appears(socat: ChildProcess, gone: Promise<never>): Promise<void> {
    const deadline = performance.now() + OPEN_DEADLINE_MS;
    while (!existsSync(this.#link) && socat.pid !== undefined && socat.exitCode === null) {
      if (performance.now() > deadline) throw new HostEndError('failed');
      await sleep(POLL_MS);
    }
    // It is gone: why, its own event says.
    if (!existsSync(this.#link)) await gone;
  }
}
