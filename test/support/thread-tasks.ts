/**
 * How long the tasks of a program's main threads take, by Chromium's own tracing: of its main process
 * and of its windows. On a busy machine a task also waits for the processor, which others have:
 * what counts is the processor's time for its thread, and the clock on the wall stands beside it.
 */
import { mark } from './adb-bench.ts';
import type { DrivenProgram } from './over-devtools.ts';

export interface ThreadTasks {
  readonly thread: 'main process' | 'window';
  /** By the clock on the wall. */
  readonly longestMs: number;
  /** By the processor's time for that thread. */
  readonly longestCpuMs: number;
  readonly tasks: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const threads = new Map([
  ['CrBrowserMain', 'main process'],
  ['CrRendererMain', 'window'],
] as const);

export function taskLine(task: ThreadTasks, goalMs: number): string {
  const { thread, longestMs, longestCpuMs, tasks } = task;
  const own = `${longestMs.toFixed(0)} ms on the wall, ${tasks} tasks`;
  return `longest task, ${thread}  ${longestCpuMs.toFixed(0)} ms ≤ ${goalMs} ms  (${own})  ${mark(isShort(task, goalMs))}`;
}

export function isShort({ longestCpuMs }: ThreadTasks, goalMs: number): boolean {
  return longestCpuMs <= goalMs;
}

/** Begins; the function that it gives ends it. */
export async function traceTasks({ browser, page }: DrivenProgram) {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  return async (): Promise<ThreadTasks[]> => {
    const trace = await browser.stopTracing();
    const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: TraceEvent[] };
    return summarise(traceEvents);
  };
}

function summarise(events: readonly TraceEvent[]): ThreadTasks[] {
  const found: ThreadTasks[] = [];
  for (const { name, pid, tid, args } of events) {
    if (name !== 'thread_name') continue;
    const thread = threads.get((args.name ?? '') as never);
    if (thread === undefined) continue;
    const tasks = events.filter(
      (event) => event.pid === pid && event.tid === tid && event.name.endsWith('::RunTask'),
    );
    const longest = (of: (event: TraceEvent) => number | undefined) =>
      tasks.reduce((most, event) => Math.max(most, (of(event) ?? 0) / 1000), 0);
    found.push({
      thread,
      longestMs: longest(({ dur }) => dur),
      longestCpuMs: longest(({ tdur }) => tdur),
      tasks: tasks.length,
    });
  }
  return found;
}
