/** Runs a program and waits for it: its output goes to ours, or is kept and returned. */
import { spawn, type SpawnOptions } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { root } from './paths.ts';

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
  /** Keep the output instead of showing it. */
  readonly quiet?: boolean;
  readonly cwd?: string;
}

export interface RunResult {
  /** Exit code; 127 where the program does not exist, 124 where it ran out of time. */
  readonly code: number;
  /** What it printed, both streams in order of arrival; empty unless `quiet`. */
  readonly output: string;
}

export function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const spawnOptions: SpawnOptions = {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
  };
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, spawnOptions);
    let output = '';
    const keep = (chunk: Buffer) => (output += chunk.toString('utf8'));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve({ code: 127, output: `${command}: not found` });
      else reject(error);
    });
    child.once('close', (code, signal) => {
      resolve({ code: code ?? (signal === 'SIGTERM' ? 124 : 1), output });
    });
  });
}

/** What stops a build script: one sentence for people, no stack. */
export class BuildFailure extends Error {
  override readonly name = 'BuildFailure';
}

export function fail(sentence: string): never {
  throw new BuildFailure(sentence);
}

/**
 * Runs `work` where the module was started by name (`node build/x.ts`), not imported, and ends the
 * process: some of the tools used here leave timers behind. `work` may give the exit code.
 */
export async function main(meta: ImportMeta, work: () => Promise<unknown>): Promise<void> {
  const started = process.argv[1];
  if (started === undefined || realpathSync(started) !== realpathSync(meta.filename)) return;
  try {
    const code = await work();
    process.exit(typeof code === 'number' ? code : 0);
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error;
    console.error(`\n✕ ${error.message}`);
    process.exit(1);
  }
}
