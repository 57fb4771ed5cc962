/**
 * Debian's own `adb`, with a server, keys and a home of its own; nothing else on this machine sees
 * it. A server looks for emulators on the odd ports from 5555 to 5585 and gets none of ours there.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface DebianAdb {
  /** A folder for this test's files. */
  readonly folder: string;
  readonly run: (...args: readonly string[]) => Promise<Run>;
  /** Connects, and waits until the terminal has let it in; returns how to speak to it. */
  readonly connect: (address: string) => Promise<(...args: readonly string[]) => Promise<Run>>;
  /** `adb ARGS` with this on its stdin. */
  readonly feed: (input: string, ...args: readonly string[]) => Promise<Run>;
  readonly state: (address: string) => Promise<string>;
}

/** The server runs until the test ends. */
export async function startDebianAdb(): Promise<DebianAdb> {
  const folder = await mkdtemp(join(tmpdir(), 'android-test-'));
  const port = await freePort();
  const env = { ...process.env, HOME: folder, ADB_MDNS: '0', ADB_MDNS_OPENSCREEN: '0' };
  const server = spawn('adb', ['-L', `tcp:${port}`, 'nodaemon', 'server'], {
    env,
    stdio: 'ignore',
  });
  onTestFinished(async () => {
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
    await rm(folder, { recursive: true, force: true });
  });
  await listening(port);
  const run = (...args: readonly string[]): Promise<Run> =>
    runProgram('adb', ['-L', `tcp:${port}`, ...args], env);
  const state = async (address: string): Promise<string> => {
    const { out } = await run('devices');
    const line = out.split('\n').find((each) => each.startsWith(address));
    return line?.split('\t')[1]?.trim() ?? '';
  };
  return {
    folder,
    run,
    state,
    feed: (input, ...args) => runProgram('adb', ['-L', `tcp:${port}`, ...args], env, input),
    async connect(address) {
      await until(async () => {
        // Again, too: to its server a connection that is just ending is "already connected".
        await run('connect', address);
        return /^(device|recovery|sideload)$/.test(await state(address));
      });
      return (...args) => run('-s', address, ...args);
    },
  };
}

export function runProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  input = '',
): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { env, timeout: 25_000 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, out, err });
    });
    // It may end without having read anything.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Polls: another process has no event to wait for. */
export async function until(holds: () => Promise<boolean> | boolean, ms = 20_000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it never came to that');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function listening(port: number): Promise<void> {
  await until(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, '127.0.0.1');
        socket.once('connect', () => {
          socket.destroy();
          resolve(true);
        });
        socket.once('error', () => resolve(false));
      }),
  );
}
