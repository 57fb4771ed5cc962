/** The product as it was built: its command, and its bridge in this process. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { Bridge, createBridge } from '../../../native-bridge/bridge.ts';
import { built, builtModule } from './built-module.ts';
import { within, type Trial } from './harness.ts';
import type { ShellAnswer } from './shell.ts';

const commandTimeoutMs = 150_000;

export function program(name: string): string {
  return join(built, `${name}.js`);
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'usb-lab-'));
}

export interface CommandResult {
  readonly exitCode: number | null;
  /** The object that `--json` prints. */
  readonly json: Readonly<Record<string, unknown>> & {
    readonly ok: boolean;
    readonly result: never;
    readonly fault?: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> };
  };
}

/** `pos-bench ARGS --json`, with a data folder, in a program that is kept for the next job (shell.ts). */
export async function posBench(data: string, args: readonly string[]): Promise<CommandResult> {
  kept ??= startShell();
  const answered = once(await kept, 'message') as Promise<[ShellAnswer]>;
  (await kept).send(withData(data, args));
  const what = args.join(' ');
  const [{ exitCode, stdout, stderr }] = await within(answered, commandTimeoutMs, what);
  return resultOf(args, { exitCode, stdout, stderr });
}

/** The same as a process of its own, as a technician starts it. */
export async function posBenchAnew(
  data: string,
  args: readonly string[],
  user?: { readonly uid: number; readonly gid: number },
): Promise<CommandResult> {
  const child = spawn(process.execPath, [program('pos-bench'), ...withData(data, args)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: commandTimeoutMs,
    ...user,
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  return resultOf(args, { exitCode, stdout, stderr });
}

let kept: Promise<ChildProcess> | null = null;

async function startShell(): Promise<ChildProcess> {
  const child = fork(join(dirname(process.argv[1] ?? '.'), 'shell.js'), { stdio: 'inherit' });
  await once(child, 'message');
  return child;
}

function withData(data: string, args: readonly string[]): string[] {
  return [...args, '--json', '--lang', 'en', '--data', data];
}

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function resultOf(args: readonly string[], { exitCode, stdout, stderr }: Ended): CommandResult {
  try {
    const json = JSON.parse(stdout) as CommandResult['json'];
    // Expected or not: where a test fails, this says why.
    if (json.fault) console.log(`${args.join(' ')}: ${JSON.stringify(json.fault)}`);
    return { exitCode, json };
  } catch {
    throw new Error(`${args.join(' ')}: ${exitCode ?? 'killed'}\n${stdout}\n${stderr}`);
  }
}

/** One for all tests of a guest: a new one has a key made for ADB, which takes an emulated processor seconds. */
export const sharedData = newFolder();

let shared: Promise<Bridge> | null = null;

/** One for all tests of a guest, on its shared data. They disconnect. */
export function sharedBridge(): Promise<Bridge> {
  shared ??= startBridge(sharedData);
  return shared;
}

async function startBridge(dataFolder: string): Promise<Bridge> {
  const { createBridge: create } = (await import(
    pathToFileURL(builtModule('createBridge')).href
  )) as { createBridge: typeof createBridge };
  return await create({ dataFolder, program: 'cli' });
}

export async function openBridge(trial: Trial): Promise<Bridge> {
  const bridge = await startBridge(newFolder());
  trial.defer(() => bridge.close());
  return bridge;
}
