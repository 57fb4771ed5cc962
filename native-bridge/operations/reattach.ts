/**
 * A terminal whose cable was pulled and put back is taken up again, on the port it was asked for
 * on and only if it is the same one. Another terminal in its place is left alone.
 */
import { faultOf } from '../contract/bridge-fault.ts';
import type { Connection } from '../connections/connection.ts';
import { sameTerminal } from './connect.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';
import type { Context } from './context.ts';
import { openSession } from './open-session.ts';

const intervalMs = 1_000;
const tryTimeoutMs = 6_000;

/** Runs until the signal fires. */
export async function reattachReturned(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const { id, connected } of context.connections.list()) {
      const connection = context.connections.get(id);
      // A flash waits for its terminal itself.
      if (!connected && connection.line.holder === null)
        await reattach(context, connection, signal);
    }
    await pause(intervalMs, signal);
  }
}

async function reattach(context: Context, connection: Connection, outer: AbortSignal) {
  const signal = AbortSignal.any([outer, AbortSignal.timeout(tryTimeoutMs)]);
  const { portUrl, profile } = connection;
  let session: SmpSession | null = null;
  try {
    session = await openSession(context, portUrl, profile, signal);
    if (await sameTerminal(session, connection, signal)) {
      connection.attach(session);
      return;
    }
  } catch (error) {
    context.log.debug(`${portUrl} is not back: ${faultOf(error).code}`);
  }
  await session?.close();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
