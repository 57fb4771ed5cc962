/** After something went wrong: look at the terminal and say what is really on it. */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Fault } from '../../contract/fault.ts';
import type { FlashPhase } from '../../contract/firmware.ts';
import { imageStateRead } from '../../protocols/smp/image/index.ts';
import type { ImageState } from '../../protocols/smp/image/state.ts';
import type { Connection } from '../../connections/connection.ts';
import { runningSlot, slotHashes, slotWithHash, toHex } from '../firmware-state.ts';
import { ended, type Outcome } from './outcome.ts';

const lookTimeoutMs = 3_000;

export interface WentWrong {
  readonly fault: Fault;
  readonly phase: FlashPhase;
  readonly fromVersion: string;
  readonly newHash: string;
  readonly sentFraction: number;
  /** The slots before anything was sent. */
  readonly before: ImageState;
}

/** Before the restart: nothing that runs has changed; what the second slot holds is read. */
export async function outcomeBeforeRestart(
  connection: Connection,
  wrong: WentWrong,
): Promise<Outcome> {
  const { fault, phase, fromVersion: version } = wrong;
  const state = await readState(connection);
  const more = { fault, failedPhase: phase };
  if (!state) {
    const unreachable = { key: 'flash_state_unreachable', facts: { version } };
    return ended('unknown', unreachable, 'reconnect', more);
  }
  const running = runningNow(state);
  const slot = slotWithHash(state, wrong.newHash);
  const facts = { version: running?.version ?? version };
  const seen = { ...more, running, confirmed: runningSlot(state)?.confirmed ?? null };
  if (slot?.pending === true) {
    return ended(
      'nothing-changed',
      { key: 'flash_state_pending', facts },
      'restart-terminal',
      seen,
    );
  }
  if (slot)
    return ended('nothing-changed', { key: 'flash_state_uploaded', facts }, 'try-again', seen);
  const percent = Math.floor(wrong.sentFraction * 100);
  const partial = { key: 'flash_state_partial', facts: { ...facts, percent } };
  const untouched = { key: 'flash_state_untouched', facts };
  const asBefore = wrong.sentFraction === 0 && sameSlots(state, wrong.before);
  return ended('nothing-changed', asBefore ? untouched : partial, 'try-again', seen);
}

/** The first piece erases the second slot, so an image that was there tells whether it came. */
function sameSlots(now: ImageState, before: ImageState): boolean {
  const hashes = slotHashes(now);
  return slotHashes(before).every((hash) => hashes.includes(hash));
}

export function runningNow(state: ImageState): Outcome['running'] {
  const slot = runningSlot(state);
  return slot ? { version: slot.version, hash: slot.hash ? toHex(slot.hash) : null } : null;
}

async function readState(connection: Connection): Promise<ImageState | null> {
  try {
    const wait = { timeoutMs: lookTimeoutMs };
    return await connection.session.request(imageStateRead, undefined, wait);
  } catch (error) {
    faultOf(error);
    return null;
  }
}
