/** Into the recovery that takes the package. Nothing is sent yet: cancelled here, the terminal goes back. */
import { BridgeFault, faultOf } from '../../../contract/bridge-fault.ts';
import type { FlashProgress } from '../../../contract/firmware.ts';
import { isStillThere } from '../identity.ts';
import type { HandedOverMethod } from '../method.ts';
import { enter, type Run } from '../run.ts';
import { pause, untilAnswer } from './wait.ts';

const defaultTimeoutMs = 180_000;
const requestTimeoutMs = 10_000;
/** The daemon has accepted it some time before the terminal goes. */
const goesWithinMs = 1_500;

/**
 * Throws `terminal-replaced`, `recovery-not-reached` where the system came back instead,
 * `reply-timeout` where nobody did, `cancelled`.
 */
export async function* enterRecovery(
  run: Run,
  method: HandedOverMethod,
): AsyncGenerator<FlashProgress, void, void> {
  await enter(run, 'update-mode');
  yield run.meter.at('update-mode', 0);
  if (!(await isStillThere(run))) {
    throw new BridgeFault('reply-malformed', { command: 'identity.serialNumber' });
  }
  run.signal.throwIfAborted();
  // Recoveries before Android 6 know no return by themselves: their systems come back at once.
  for (const returns of run.entry.canRevert ? [true, false] : [false]) {
    await ask(run, method, returns);
    if (yield* ready(run, method)) return;
    run.context.log.info('the system came back in place of the recovery');
  }
  throw new BridgeFault('recovery-not-reached');
}

/** The reply may be lost with the restart: what counts is who comes back. */
async function ask(run: Run, method: HandedOverMethod, returns: boolean): Promise<void> {
  try {
    await method.enterUpdateMode(returns, { timeoutMs: requestTimeoutMs });
  } catch (error) {
    const { code } = faultOf(error);
    if (code === 'command-refused') throw error;
    run.context.log.info(`restart into the recovery: ${code}`);
  }
  await pause(goesWithinMs);
}

/** False: its system is back. */
async function* ready(
  run: Run,
  method: HandedOverMethod,
): AsyncGenerator<FlashProgress, boolean, void> {
  const timeoutMs = run.connection.profile.firmware?.recoveryTimeoutMs ?? defaultTimeoutMs;
  let atMenu = false;
  const says = () =>
    atMenu
      ? { key: 'flash_wait_recovery_menu', facts: {} }
      : { key: 'flash_wait_recovery', facts: { minutes: Math.ceil(timeoutMs / 60_000) } };
  const look = (): Promise<boolean | null> => {
    const who = method.counterpart();
    atMenu = who === 'menu';
    return Promise.resolve(who === 'menu' ? null : who === 'ready');
  };
  const waited = { phase: 'update-mode', timeoutMs, says } as const;
  const answer = yield* untilAnswer(run, waited, look, run.signal);
  if (answer !== null) return answer;
  throw new BridgeFault('reply-timeout', { command: 'reboot sideload', timeoutMs });
}
