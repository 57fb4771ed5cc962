/** To the boot loader, from it to fastbootd and back, and after a cable that was pulled: always the same terminal. */
import { BridgeFault } from '../../../contract/bridge-fault.ts';
import type { Sentence } from '../../../contract/common.ts';
import type { FlashPhase, FlashProgress } from '../../../contract/firmware.ts';
import { pause } from '../../../ports/pause.ts';
import type { FastbootFlashing } from '../../../terminals/profile-firmware.ts';
import { enterCounterpart } from '../handed-over/update-mode.ts';
import { untilAnswer } from '../handed-over/wait.ts';
import { isStillThere } from '../identity.ts';
import type { PartitionedMethod } from '../method.ts';
import type { Run } from '../run.ts';

const defaults = { bootLoaderTimeoutMs: 90_000, writeTimeoutMs: 600_000, slot: 'current' } as const;
/** It has accepted the restart some time before it goes. */
const goesWithinMs = 1_000;
const lookTimeoutMs = 4_000;

export type Patience = Pick<FastbootFlashing, 'bootLoaderTimeoutMs' | 'writeTimeoutMs' | 'slot'>;

export function patienceOf({ connection }: Pick<Run, 'connection'>): Patience {
  return connection.profile.firmware?.fastboot ?? defaults;
}

/** Throws as `enterCounterpart`, `boot-loader-not-reached`. */
export async function* enterBootLoader(
  run: Run,
  method: PartitionedMethod,
): AsyncGenerator<FlashProgress, void, void> {
  const timeoutMs = patienceOf(run).bootLoaderTimeoutMs;
  yield* enterCounterpart(run, method, {
    asks: [(until) => method.enterUpdateMode(until)],
    timeoutMs,
    waiting: waitsFor('boot_loader', timeoutMs),
    command: 'reboot bootloader',
    notReached: 'boot-loader-not-reached',
  });
}

/** Throws `terminal-replaced`, `boot-loader-not-reached`, `reply-timeout`. */
export async function* restartInto(
  run: Run,
  method: PartitionedMethod,
  into: 'bootloader' | 'fastboot',
): AsyncGenerator<FlashProgress, void, void> {
  const wait = { timeoutMs: lookTimeoutMs };
  await run.connection.fastboot.reboot(into, wait);
  // Whoever answers next is asked anew.
  await run.connection.closeSession();
  await pause(goesWithinMs);
  const mode = into === 'fastboot' ? 'fastbootd' : 'boot_loader';
  yield* backInBootLoader(run, method, mode);
  if ((await run.connection.fastboot.isUserspace(wait)) === (into === 'fastboot')) return;
  throw new BridgeFault('boot-loader-not-reached');
}

/** Waits for it where it went away. Throws as `restartInto`. */
export async function* backInBootLoader(
  run: Run,
  method: PartitionedMethod,
  which: 'boot_loader' | 'fastbootd' | 'cable',
): AsyncGenerator<FlashProgress, void, void> {
  const timeoutMs = patienceOf(run).bootLoaderTimeoutMs;
  const phase: FlashPhase = 'upload';
  const waited = { phase, timeoutMs, says: () => waitsFor(which, timeoutMs) };
  const answer = yield* untilAnswer(run, waited, async () => {
    const who = method.counterpart();
    if (who !== 'ready') return who === 'system' ? false : null;
    await run.connection.fastboot.getvar('product', { timeoutMs: lookTimeoutMs });
    return true;
  });
  if (answer === null) {
    throw new BridgeFault('reply-timeout', { command: 'getvar:product', timeoutMs });
  }
  if (!answer) throw new BridgeFault('boot-loader-not-reached');
  if (!(await isStillThere(run))) {
    throw new BridgeFault('reply-malformed', { command: 'getvar:serialno' });
  }
}

function waitsFor(which: 'boot_loader' | 'fastbootd' | 'cable', timeoutMs: number): Sentence {
  const facts = { seconds: Math.ceil(timeoutMs / 1_000) };
  return { key: `flash_wait_${which === 'cable' ? 'boot_loader_again' : which}`, facts };
}
