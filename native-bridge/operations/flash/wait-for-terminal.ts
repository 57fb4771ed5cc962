/**
 * Waiting for a terminal that restarts. A swap is silent for seconds to minutes, the port may stay
 * or go and come back; until the deadline that is "still waiting", never "failed". Time that the
 * computer slept does not count.
 */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { Connection } from '../../connections/connection.ts';
import { pause } from '../../ports/pause.ts';
import { awakeMs } from '../awake-clock.ts';
import { comeBack } from '../come-back.ts';
import type { Context } from '../context.ts';
import type { FirmwareState, FlashMethod } from './method.ts';

/** A device resets a little after its reply (Zephyr: 250 ms); asked too early, the old one answers. */
const settleMs = 1_000;
const probeTimeoutMs = 1_200;
const pauseMs = 400;
const restartTimeoutMs = 5_000;
/** A boot loader may listen for a moment at every start before it goes on to the application. */
const bootLoaderStaysMs = 12_000;

/** So often it says that nothing has happened before it is asked to restart again. */
const stillThereTimes = 6;
const askedAgainTimes = 2;

export interface Waiting {
  readonly context: Context;
  readonly connection: Connection;
  readonly method: FlashMethod;
}

/**
 * Yields the time passed about once a second; returns what is on the terminal. At the deadline it
 * returns what the terminal says then, or null where it is silent: what it said before it fell
 * silent is no longer known to be so. Throws `interrupted` where the connection was given up.
 */
export async function* waitForTerminal(
  waiting: Waiting,
  timeoutMs: number,
  /** True once this can only come from after the restart. */
  restarted: (state: FirmwareState) => boolean,
): AsyncGenerator<number, FirmwareState | null, void> {
  const { connection } = waiting;
  await pause(settleMs);
  connection.awaited = true;
  try {
    return yield* untilBack(waiting, timeoutMs, restarted);
  } finally {
    connection.awaited = false;
  }
}

async function* untilBack(
  waiting: Waiting,
  timeoutMs: number,
  restarted: (state: FirmwareState) => boolean,
): AsyncGenerator<number, FirmwareState | null, void> {
  const startMs = awakeMs();
  let seen: FirmwareState | null = null;
  let bootLoaderSinceMs: number | null = null;
  let stillThere = 0;
  let askedAgain = 0;
  while (awakeMs() - startMs < timeoutMs) {
    if (waiting.connection.ended) throw new BridgeFault('interrupted');
    yield awakeMs() - startMs;
    seen = await ask(waiting);
    if (seen?.answering === 'boot-loader') {
      bootLoaderSinceMs ??= awakeMs();
      if (awakeMs() - bootLoaderSinceMs >= bootLoaderStaysMs) return seen;
    } else {
      bootLoaderSinceMs = null;
      if (seen !== null && restarted(seen)) return seen;
      stillThere = seen === null ? 0 : stillThere + 1;
      // What it says shows that the request was lost: asking again can do no harm.
      if (stillThere % stillThereTimes === stillThereTimes - 1 && askedAgain++ < askedAgainTimes) {
        await askToRestart(waiting);
      }
    }
    await pause(pauseMs);
  }
  return seen;
}

/** The reply may be lost with the restart: what counts is what comes back. */
export async function askToRestart({ context, method }: Waiting): Promise<void> {
  try {
    await method.restart({ timeoutMs: restartTimeoutMs });
  } catch (error) {
    context.log.info(`reset: ${faultOf(error).code}`);
  }
}

async function ask({ context, connection, method }: Waiting): Promise<FirmwareState | null> {
  const signal = AbortSignal.timeout(probeTimeoutMs * 3);
  try {
    if (!connection.connected) await comeBack(context, connection, { anyone: true }, signal);
    return await method.look({ timeoutMs: probeTimeoutMs, signal });
  } catch (error) {
    const { code } = faultOf(error);
    // A recording that ends here will not go on.
    if (code === 'not-recorded') throw error;
    context.log.debug(`not back yet: ${code}`);
    return null;
  }
}
