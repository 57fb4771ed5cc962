/**
 * Out of the system, into the recovery or the boot loader that takes the package. Nothing is sent yet:
 * cancelled here, the terminal goes back.
 */
import { BridgeFault, faultOf } from '../../../contract/bridge-fault.ts';
import type { Sentence } from '../../../contract/common.ts';
import type { FaultCode } from '../../../contract/fault.ts';
import type { FlashProgress } from '../../../contract/firmware.ts';
import { pause } from '../../../ports/pause.ts';
import { isStillThere } from '../identity.ts';
import type { HandedOverMethod, PartitionedMethod, Until } from '../method.ts';
import { enter, type Run } from '../run.ts';
import { untilAnswer } from './wait.ts';

const defaultTimeoutMs = 180_000;
const requestTimeoutMs = 10_000;
/** The daemon has accepted it some time before the terminal goes. */
const goesWithinMs = 1_500;

export interface Counterparts {
  /** Ways to ask for it, tried in order where the system comes back. */
  readonly asks: readonly ((until: Until) => Promise<void>)[];
  readonly timeoutMs: number;
  /** What is shown while it is waited for. */
  readonly waiting: Sentence;
  readonly command: string;
  readonly notReached: FaultCode;
}

/** Into the recovery. Throws as `enterCounterpart`, `recovery-not-reached`. */
export async function* enterRecovery(
  run: Run,
  method: HandedOverMethod,
): AsyncGenerator<FlashProgress, void, void> {
  const timeoutMs = run.connection.profile.firmware?.recoveryTimeoutMs ?? defaultTimeoutMs;
  // Recoveries before Android 6 know no return by themselves: their systems come back at once.
  const ways = run.entry.canRevert ? [true, false] : [false];
  yield* enterCounterpart(run, method, {
    asks: ways.map((returns) => (until) => method.enterUpdateMode(returns, until)),
    timeoutMs,
    waiting: { key: 'flash_wait_recovery', facts: { minutes: Math.ceil(timeoutMs / 60_000) } },
    command: 'reboot sideload',
    notReached: 'recovery-not-reached',
  });
}

/**
 * Throws `terminal-replaced`, `notReached` where the system came back instead, `reply-timeout` where
 * nobody did, `cancelled`.
 */
export async function* enterCounterpart(
  run: Run,
  method: HandedOverMethod | PartitionedMethod,
  counterparts: Counterparts,
): AsyncGenerator<FlashProgress, void, void> {
  await enter(run, 'update-mode');
  yield run.meter.at('update-mode', 0);
  if (!(await isStillThere(run))) {
    throw new BridgeFault('reply-malformed', { command: 'identity.serialNumber' });
  }
  run.signal.throwIfAborted();
  for (const asks of counterparts.asks) {
    await ask(run, asks);
    if (yield* ready(run, method, counterparts)) return;
    run.context.log.info('the system came back');
  }
  throw new BridgeFault(counterparts.notReached);
}

/** The reply may be lost with the restart: what counts is who comes back. */
async function ask(run: Run, asks: (until: Until) => Promise<void>): Promise<void> {
  try {
    await asks({ timeoutMs: requestTimeoutMs });
  } catch (error) {
    const { code } = faultOf(error);
    if (code === 'command-refused') throw error;
    run.context.log.info(`restart out of the system: ${code}`);
  }
  await pause(goesWithinMs);
}

/** False: its system is back. */
async function* ready(
  run: Run,
  method: HandedOverMethod | PartitionedMethod,
  { timeoutMs, waiting, command }: Counterparts,
): AsyncGenerator<FlashProgress, boolean, void> {
  let atMenu = false;
  const says = () => (atMenu ? { key: 'flash_wait_recovery_menu', facts: {} } : waiting);
  const look = (): Promise<boolean | null> => {
    const who = method.counterpart();
    atMenu = who === 'menu';
    return Promise.resolve(who === 'menu' ? null : who === 'ready');
  };
  const waited = { phase: 'update-mode', timeoutMs, says } as const;
  const answer = yield* untilAnswer(run, waited, look, run.signal);
  if (answer !== null) return answer;
  throw new BridgeFault('reply-timeout', { command, timeoutMs });
}
