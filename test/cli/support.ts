/**
 * Runs the real program as a process of its own: the bundle where it was made from the sources as
 * they are now, else the source.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { builtOr } from '../support/built/built.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = builtOr('cli/pos-bench.ts', 'pos-bench.js');

export const sampleFirmware = (name: string): string => join(root, 'test/fixtures/firmware', name);

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly uid?: number;
}

export interface Running {
  readonly ended: Promise<Run>;
  /** Resolves with stdout when the text has been said on either stream; rejects when it ended without. */
  said(text: string | RegExp): Promise<string>;
  interrupt(): void;
  /** At once, as by a power cut. */
  kill(): void;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pos-bench-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Killed when the test ends. English unless the environment says otherwise. */
export function start(args: readonly string[], options: RunOptions = {}): Running {
  const { input } = options;
  const child = spawned(process.execPath, [program, ...args], options);
  if (input !== undefined) child.stdin.end(input);
  return running(child);
}

export interface AtTerminal extends Running {
  /** As from a keyboard: `\r` is Enter, `\x03` Ctrl-C. */
  type(keys: string): void;
}

/**
 * As `start`, in a terminal window: a real pseudo terminal, made by `script` of util-linux. All that
 * is said comes on one stream there.
 */
export function startAtTerminal(args: readonly string[], options: RunOptions = {}): AtTerminal {
  const quoted = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ');
  const told = ['--quiet', '--return', '--command', `exec ${quoted}`, '/dev/null'];
  const child = spawned('script', told, { ...options, env: { SHELL: '/bin/sh', ...options.env } });
  return { ...running(child), type: (keys) => void child.stdin.write(keys) };
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

function spawned(file: string, args: readonly string[], options: RunOptions): Child {
  const { cwd = '/', env = {}, uid } = options;
  return spawn(file, args, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'en_US.UTF-8', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

function running(child: Child): Running {
  const output = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  const take = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
    output[stream] += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', take('stdout'));
  child.stderr.on('data', take('stderr'));
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    ...output,
  }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    ended,
    interrupt: () => child.kill('SIGINT'),
    kill: () => child.kill('SIGKILL'),
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const all = output.stdout + output.stderr;
          if (!(typeof text === 'string' ? all.includes(text) : text.test(all))) return;
          waiting.delete(look);
          resolve(output.stdout);
        };
        waiting.add(look);
        void ended.then(() => reject(new Error(`ended without ${String(text)}: ${output.stderr}`)));
        look();
      }),
  };
}

export async function run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return await start(args, { input: '', ...options }).ended;
}

const documentSchema = z.object({
  command: z.string().nullable(),
  ok: z.boolean(),
  exitCode: z.number().int(),
  result: z.unknown().optional(),
  fault: z.object({ code: z.string(), what: z.string(), next: z.string() }).optional(),
  usage: z.object({ key: z.string(), message: z.string() }).optional(),
});

/** What `--json` printed. Throws where stdout is anything but one document of the documented shape. */
export function documentOf({ stdout }: Run): z.infer<typeof documentSchema> {
  return documentSchema.parse(JSON.parse(stdout));
}

export interface Box {
  readonly url: string;
  readonly data: string;
  readonly merchant: string;
}

const startedSchema = z.object({
  result: z.object({ portUrl: z.string(), merchantFile: z.string() }),
});

/** A simulated terminal in a `pos-bench simulate` of its own, and a data folder for whoever talks to it. */
export async function simulate(
  faults: readonly string[] = [],
  options: readonly string[] = ['--baud', '0'],
): Promise<Box> {
  const flags = faults.flatMap((fault) => ['--fault', fault]);
  const running = start(['simulate', '--json', '--data', temporaryFolder(), ...options, ...flags]);
  const { result } = startedSchema.parse(JSON.parse(await running.said(/\n}\n/)));
  return { url: result.portUrl, data: temporaryFolder(), merchant: result.merchantFile };
}
