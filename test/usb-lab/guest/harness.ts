/**
 * The tests' frame in the guest: one after the other, each with a deadline, what it started ended
 * after it. A result is one JSON line in a file that the host reads.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestResult } from '../result.ts';

export interface Trial {
  /** Called at the test's end, the latest first. */
  defer(undo: () => unknown): void;
  /** Shown where the test fails. */
  note(words: string): void;
}

type Body = (trial: Trial) => Promise<void>;

const tests: { name: string; body: Body }[] = [];
/** Emulated, and on a machine with much else to do: these say that it hangs, not that it is slow. */
const testTimeoutMs = 480_000;
const undoTimeoutMs = 60_000;
const pollMs = 50;

export function test(name: string, body: Body): void {
  tests.push({ name, body });
}

/** Runs those whose name matches `only`, all where it is empty. */
export async function runTests(resultsFile: string, only: string): Promise<void> {
  for (const { name, body } of tests.filter((each) => new RegExp(only).test(each.name))) {
    const result = await runTest(name, body);
    appendFileSync(resultsFile, `${JSON.stringify(result)}\n`);
    const seconds = (result.durationMs / 1000).toFixed(1);
    const idle = (result.idleMs / 1000).toFixed(1);
    console.log(`${result.error === null ? '✓' : '✕'} ${name} (${seconds} s, idle ${idle} s)`);
    if (result.error !== null) console.log(result.error);
  }
}

async function runTest(name: string, body: Body): Promise<TestResult> {
  const undos: (() => unknown)[] = [];
  const notes: string[] = [];
  const trial: Trial = {
    defer: (undo) => undos.unshift(undo),
    note: (words) => notes.push(words),
  };
  const startMs = performance.now();
  const idleBeforeMs = idleMs();
  const errors: string[] = [];
  const take = (error: unknown) => errors.push(wordsOf(error));
  await within(body(trial), testTimeoutMs, name).catch(take);
  for (const undo of undos) {
    const undone = Promise.resolve().then(undo);
    await within(undone, undoTimeoutMs, `cleaning up: ${undo.toString()}`).catch(take);
  }
  const failed = errors.length > 0;
  return {
    name,
    durationMs: Math.round(performance.now() - startMs),
    idleMs: idleMs() - idleBeforeMs,
    error: failed ? [...errors, ...notes, 'kernel:', kernelLog()].join('\n') : null,
  };
}

/** How long the processor had nothing to do (/proc/uptime, proc(5)). */
function idleMs(): number {
  return 1000 * Number(readFileSync('/proc/uptime', 'utf8').split(' ')[1]);
}

/** Looks until something is there; throws, saying what was waited for, at the deadline. */
export async function until<T>(
  what: string,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  timeoutMs = 60_000,
): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (performance.now() > endMs) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await sleep(pollMs);
  }
}

export async function within<T>(work: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  const stop = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`not within ${timeoutMs} ms: ${what}`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    stop.abort();
  }
}

/** A BridgeFault says more than its stack. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const fault = 'fault' in error ? `\n${JSON.stringify(error.fault)}` : '';
  return `${error.stack ?? error.message}${fault}`;
}

function kernelLog(): string {
  return execFileSync('dmesg', { encoding: 'utf8' }).split('\n').slice(-15).join('\n');
}
