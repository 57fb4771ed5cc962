/**
 * A cable that comes out while the new firmware is proven is mostly put back within seconds: the
 * terminal is waited for and everything is looked at again, from who it is. Nothing that was seen
 * before the break counts.
 */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Fault } from '../../contract/fault.ts';
import type { FlashProgress } from '../../contract/firmware.ts';
import { awakeMs } from '../awake-clock.ts';
import type { FirmwareState } from './method.ts';
import type { Outcome } from './outcome.ts';
import { conclude } from './prove.ts';
import { judged, unlooked, type Run } from './run.ts';
import { waitForTerminal } from './wait-for-terminal.ts';

const waitMs = 30_000;
const breaks = 3;
const lost: ReadonlySet<Fault['code']> = new Set(['port-vanished', 'reply-timeout']);

/** As `conclude`, and the verdict on a terminal that stays away. */
export async function* concludeThrough(
  run: Run,
  first: FirmwareState,
): AsyncGenerator<FlashProgress, Outcome, void> {
  let state = first;
  for (let times = 0; ; times++) {
    try {
      return yield* conclude(run, state);
    } catch (error) {
      const fault = faultOf(error);
      if (!lost.has(fault.code) || times === breaks) return judged(run, fault, unlooked);
      run.context.log.info(`${run.phase}: ${fault.code}, looked for again`);
      const back = yield* again(run);
      if (back === null) return judged(run, fault, unlooked);
      state = back;
    }
  }
}

async function* again(run: Run): AsyncGenerator<FlashProgress, FirmwareState | null, void> {
  run.proven = false;
  run.broke = true;
  const cable = yield* waitFor(run, waitMs);
  if (cable !== null || !run.connection.connected) return cable;
  // Its power went with the cable: it may be swapping back to the earlier image.
  return yield* waitFor(run, run.swapTimeoutMs);
}

async function* waitFor(
  run: Run,
  timeoutMs: number,
): AsyncGenerator<FlashProgress, FirmwareState | null, void> {
  const startMs = awakeMs() - run.silentMs;
  const waiting = { key: 'flash_wait_cable', facts: { seconds: timeoutMs / 1_000 } };
  yield run.meter.at(run.phase, 0, waiting);
  const waits = waitForTerminal(run, timeoutMs, () => true);
  for (;;) {
    const step = await waits.next();
    run.silentMs = awakeMs() - startMs;
    if (step.done === true) return step.value;
    yield run.meter.at(run.phase, 0, waiting);
  }
}
