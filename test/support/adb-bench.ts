/** What the benchmarks over ADB share: Debian's `adb` to compare with, and what is measured. */
import { type ChildProcess, execFile } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';

const MIB = 1024 * 1024;
const exec = promisify(execFile);

export interface DebianAdb {
  /** Runs it for this terminal; throws where it fails. */
  run(...args: readonly string[]): Promise<string>;
  /** Ends its server. */
  close(): Promise<void>;
}

/** A server of its own, on a port that no other uses, with no key of the user's. */
export async function debianAdb(portNumber: number, home: string): Promise<DebianAdb> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const serverPort = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  const env = { PATH: process.env['PATH'], HOME: home };
  const adb = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await exec('adb', ['-P', `${serverPort}`, ...args], { env });
    return stdout;
  };
  const terminal = `127.0.0.1:${portNumber}`;
  try {
    await adb('connect', terminal);
  } catch (cause) {
    throw new Error('Debian’s adb is needed to compare with: apt-get install adb', { cause });
  }
  return {
    run: (...args) => adb('-s', terminal, ...args),
    close: async () => {
      await adb('kill-server');
    },
  };
}

export const mark = (ok: boolean): string => (ok ? '✓' : '✗');

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** How far this process's memory goes beyond what the first run took. */
export class Memory {
  #firstBytes = 0;
  #mostBytes = 0;
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.#look(), 20);
  }

  get growthBytes(): number {
    return Math.max(0, this.#mostBytes - this.#firstBytes);
  }

  sample(run: number): void {
    this.#look();
    if (run === 0) this.#firstBytes = this.#mostBytes;
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    this.#mostBytes = Math.max(this.#mostBytes, process.memoryUsage.rss());
  }
}

export async function writeRandom(path: string, mebibytes: number): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  const block = Buffer.alloc(MIB);
  for (let written = 0; written < mebibytes; written++) {
    await file.write(randomFillSync(block));
    hash.update(block);
  }
  await file.close();
  return hash.digest('hex');
}

export async function printedPort(child: ChildProcess): Promise<number> {
  const [text] = (await once(child.stdout as NodeJS.EventEmitter, 'data')) as [Buffer];
  return Number(text.toString());
}
