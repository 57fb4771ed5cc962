/**
 * Waiting for a terminal that restarts. A swap is silent for seconds to minutes, the port may stay
 * or go and come back; until the deadline that is "still waiting", never "failed".
 */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { Connection } from '../../connections/connection.ts';
import { imageStateRead } from '../../protocols/smp/image/index.ts';
import type { ImageState } from '../../protocols/smp/image/state.ts';
import type { Context } from '../context.ts';
import { openSession } from '../open-session.ts';

/** A device resets a little after its reply (Zephyr: 250 ms); asked too early, the old one answers. */
const settleMs = 1_000;
const probeTimeoutMs = 1_200;
const pauseMs = 400;

/**
 * Yields the time passed about once a second; returns the image list. At the deadline it returns
 * what the terminal says then, or null where it is silent: what it said before it fell silent is
 * no longer known to be so. Throws `interrupted` where the connection was given up.
 */
export async function* waitForTerminal(
  context: Context,
  connection: Connection,
  timeoutMs: number,
  /** True once this image list can only come from after the restart. */
  restarted: (state: ImageState) => boolean,
): AsyncGenerator<number, ImageState | null, void> {
  const start = performance.now();
  let seen: ImageState | null = null;
  await pause(settleMs);
  while (performance.now() - start < timeoutMs) {
    if (connection.ended) throw new BridgeFault('interrupted');
    yield performance.now() - start;
    const state = await ask(context, connection);
    if (state !== null && restarted(state)) return state;
    seen = state;
    await pause(pauseMs);
  }
  return seen;
}

async function ask(context: Context, connection: Connection): Promise<ImageState | null> {
  const signal = AbortSignal.timeout(probeTimeoutMs * 3);
  try {
    if (!connection.connected) {
      const { portUrl, profile } = connection;
      await connection.reopen((until) => openSession(context, portUrl, profile, until), signal);
    }
    const wait = { timeoutMs: probeTimeoutMs, signal };
    return await connection.session.request(imageStateRead, undefined, wait);
  } catch (error) {
    context.log.debug(`not back yet: ${faultOf(error).code}`);
    return null;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
