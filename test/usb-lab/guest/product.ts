/** The product as it was built: its command, and its bridge in this process. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { Bridge, createBridge } from '../../../native-bridge/bridge.ts';
import type { Trial } from './harness.ts';

const built = join(process.env['LAB_PROJECT'] ?? '.', 'dist/node');
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

/** `pos-bench ARGS --json`, with a data folder. */
export async function posBench(
  data: string,
  args: readonly string[],
  user?: { readonly uid: number; readonly gid: number },
): Promise<CommandResult> {
  const command = [program('pos-bench'), ...args, '--json', '--lang', 'en', '--data', data];
  const child = spawn(process.execPath, command, {
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
  try {
    const json = JSON.parse(stdout) as CommandResult['json'];
    // Expected or not: where a test fails, this says why.
    if (json.fault) console.log(`${args.join(' ')}: ${JSON.stringify(json.fault)}`);
    return { exitCode, json };
  } catch {
    throw new Error(`${args.join(' ')}: ${exitCode ?? 'killed'}\n${stdout}\n${stderr}`);
  }
}

/** The bridge's chunk is the one that gives `createBridge` away by its name. */
async function builtBridge(): Promise<{ createBridge: typeof createBridge }> {
  const file = readdirSync(built).find(
    (name) =>
      /^bridge-.*\.js$/.test(name) &&
      /export \{[^}]*\bcreateBridge\b(?! as)/.test(readFileSync(join(built, name), 'utf8')),
  );
  if (file === undefined) throw new Error(`no bridge in ${built}`);
  return (await import(pathToFileURL(join(built, file)).href)) as never;
}

let shared: Promise<Bridge> | null = null;

/** One for all tests of a guest: where nothing hangs on an empty data folder. They disconnect. */
export function sharedBridge(): Promise<Bridge> {
  shared ??= startBridge();
  return shared;
}

async function startBridge(): Promise<Bridge> {
  const { createBridge: create } = await builtBridge();
  return await create({ dataFolder: newFolder(), program: 'cli' });
}

export async function openBridge(trial: Trial): Promise<Bridge> {
  const bridge = await startBridge();
  trial.defer(() => bridge.close());
  return bridge;
}
