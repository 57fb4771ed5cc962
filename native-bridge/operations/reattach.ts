/**
 * A terminal whose cable was pulled and put back is taken up again, on its port or under another
 * name, and only if it is the same one. Another terminal in its place is left alone. One loop for the
 * whole bridge, however many windows watch; it runs while one does. What takes a terminal up again
 * (take-up-again.ts) is loaded with the first terminal: the window's first list does not wait for it.
 */
import { pause } from '../ports/pause.ts';
import type { Context } from './context.ts';

const intervalMs = 1_000;

interface Loop {
  watchers: number;
  readonly stop: AbortController;
}

const loops = new WeakMap<Context, Loop>();

/** Looks for returned terminals until the signal fires. */
export function reattachReturned(context: Context, signal: AbortSignal): void {
  if (signal.aborted) return;
  let loop = loops.get(context);
  if (!loop) {
    loop = { watchers: 0, stop: new AbortController() };
    loops.set(context, loop);
    void follow(context, loop.stop.signal);
  }
  const joined = loop;
  joined.watchers++;
  const leave = () => {
    joined.watchers--;
    if (joined.watchers > 0) return;
    loops.delete(context);
    joined.stop.abort();
  };
  signal.addEventListener('abort', leave, { once: true });
}

/** Each terminal for itself: one that answers slowly keeps no other one waiting. */
async function follow(context: Context, signal: AbortSignal): Promise<void> {
  const lookedFor = new Set<string>();
  while (!signal.aborted) {
    for (const { id } of context.connections.list()) {
      if (lookedFor.has(id)) continue;
      lookedFor.add(id);
      void lookFor(context, id, signal).finally(() => lookedFor.delete(id));
    }
    await pause(intervalMs, signal);
  }
}

/** Never throws, but where the program's files are gone: then nothing works. */
async function lookFor(context: Context, id: string, signal: AbortSignal): Promise<void> {
  const { takeUpAgain } = await import('./take-up-again.ts');
  await takeUpAgain(context, id, signal);
}
