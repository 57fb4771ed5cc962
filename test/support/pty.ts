/** Pairs of real pseudo terminals, joined by socat: what goes in at one end comes out at the other. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PtyPair {
  /** Device nodes: `/dev/pts/7`. */
  readonly host: string;
  readonly terminal: string;
  /** Both ends vanish, as when a cable is pulled. */
  pull(): Promise<void>;
}

const APPEAR_MS = 5000;

export async function ptyPair(): Promise<PtyPair> {
  const folder = mkdtempSync(join(tmpdir(), 'pty-'));
  const [host, terminal] = [join(folder, 'host'), join(folder, 'terminal')];
  const end = (link: string): string => `PTY,raw,echo=0,link=${link}`;
  const socat = spawn('socat', [end(host), end(terminal)], { stdio: 'ignore' });
  const failed = once(socat, 'exit').then(() => Promise.reject(new Error('socat ended')));
  failed.catch(() => undefined);
  await Promise.race([appear([host, terminal]), failed]);
  const pair = { host: realpathSync(host), terminal: realpathSync(terminal) };
  return {
    ...pair,
    pull: async () => {
      await stop(socat);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function appear(paths: readonly string[]): Promise<void> {
  const untilMs = performance.now() + APPEAR_MS;
  while (!paths.every((path) => existsSync(path))) {
    if (performance.now() > untilMs) throw new Error('socat made no pseudo terminals');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function stop(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, 'exit');
  process.kill('SIGKILL');
  await ended;
}
