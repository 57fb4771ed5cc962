/**
 * The real ADB daemon, as Debian 13 builds it (34.0.5): it asks for no key, keeps its restart,
 * root and install services closed, and runs as whoever started it. It would listen on every
 * address; a small library, compiled with the tcc that comes along, keeps it on the loopback one.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../build/run.ts';
import { adbdCommand, loaded } from './adbd-command.ts';
import { debianPackages } from './debian-packages.ts';

const loopbackOnly = fileURLToPath(new URL('loopback-only.c', import.meta.url));

export interface RealAdbd {
  /** `tcp://127.0.0.1:PORT` */
  readonly url: string;
  readonly portNumber: number;
  /** An empty folder for files on "the terminal". */
  readonly folder: string;
  stop(): Promise<void>;
}

/** The folder that holds it and what it needs. */
export function unpackedAdbd(): Promise<string> {
  return debianPackages('trixie', ['adbd', 'tcc']);
}

export async function realAdbd(): Promise<RealAdbd> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The real adbd runs on Linux x64 only: run this on Debian 12 or 13');
  }
  const root = await unpackedAdbd();
  const library = await preloaded(root);
  const folder = await mkdtemp(join(tmpdir(), 'adbd-'));
  const portNumber = await freePort();
  const [loader, ...args] = adbdCommand(root, ['--preload', library]);
  const daemon = spawn(loader, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, ADBD_PORT: `${portNumber}` },
    stdio: 'ignore',
  });
  const stop = async (): Promise<void> => {
    if (daemon.exitCode === null && daemon.kill('SIGKILL')) await once(daemon, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await listening(portNumber, daemon);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `tcp://127.0.0.1:${portNumber}`, portNumber, folder, stop };
}

async function preloaded(root: string): Promise<string> {
  const library = join(root, 'loopback-only.so');
  if (existsSync(library)) return library;
  const made = `${library}.${process.pid}`;
  const [loader, ...args] = loaded(root, join(root, 'usr/bin/tcc'), []);
  const compile = [...args, '-shared', '-nostdlib', '-o', made, loopbackOnly];
  const { code, output } = await run(loader, compile, { quiet: true });
  if (code !== 0) throw new Error(`tcc did not compile loopback-only.c: ${output}`);
  await rename(made, library);
  return library;
}

/** Not one of those that a starting adb server scans for emulators (5555 to 5585). */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function listening(portNumber: number, daemon: ChildProcess): Promise<void> {
  const ended = once(daemon, 'exit').then(() => {
    throw new Error('adbd ended at once');
  });
  const connected = async (): Promise<void> => {
    for (let attempt = 0; attempt < 500; attempt++) {
      const socket = connect(portNumber, '127.0.0.1');
      const isOpen = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true));
        socket.once('error', () => resolve(false));
      });
      socket.destroy();
      if (isOpen) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`adbd does not listen on port ${portNumber}`);
  };
  await Promise.race([connected(), ended]);
}
