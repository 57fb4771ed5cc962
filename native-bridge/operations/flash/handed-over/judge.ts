/**
 * How a flash by handing a package over ended. Recovery's word is no proof, neither of success nor
 * of failure: only what runs is. Silence is "unknown", and says how to get the terminal back.
 */
import {
  runsTarget,
  said,
  unreachable,
  unrecognised,
  withState,
  type Attempt,
  type More,
  type Seen,
} from '../judge-common.ts';
import type { FirmwareState } from '../method.ts';
import { ended, type Outcome } from '../outcome.ts';

/** Steps before the terminal was told to go anywhere. */
const inSystem: ReadonlySet<string> = new Set(['inspect', 'pre-flight', 'backup']);

export function judgeHandedOver(attempt: Attempt, seen: Seen): Outcome {
  const { state } = seen;
  if (state === null) return silent(attempt);
  const more = withState(attempt, state);
  if (state.running === null) return inRecovery(attempt, more);
  const { version, id, confirmed } = state.running;
  // Where it ran that build before, running it proves nothing unless recovery said it was installed.
  const isProof = attempt.marked || id !== attempt.before.running?.id;
  if (id === attempt.target.id && confirmed && isProof) {
    return runsTarget(attempt, seen, state, more);
  }
  if (seen.identity === 'unproven') {
    return unrecognised(version, more);
  }
  if (id !== null && id === attempt.before.running?.id) return asBefore(attempt, state, more);
  // It was not seen before: its recovery answered then.
  if (attempt.before.running === null && !attempt.marked) return unseenBefore(version, more);
  return ended('unknown', said('other_version', { version }), 'read', more);
}

function silent(attempt: Attempt): Outcome {
  const { fault, phase, marking, marked, sentFraction, silentMs } = attempt;
  const more = { fault, failedPhase: phase };
  const seconds = Math.round(silentMs / 1000);
  if (inSystem.has(phase)) {
    return unreachable(attempt);
  }
  if (!marking) return ended('unknown', said('ota_not_in_recovery', { seconds }), 'recovery', more);
  if (marked) return ended('unknown', said('ota_not_back', { seconds }), 'ota-wait', more);
  const percent = Math.floor(Math.min(1, sentFraction) * 100);
  const key = mayHaveWritten(attempt) ? 'ota_cut_off_writes' : 'ota_cut_off';
  return ended('unknown', said(key, { percent, seconds }), 'recovery', more);
}

/**
 * Recovery reads all of a package once to verify it, before it writes anything. A program that was
 * killed kept no count of it.
 */
function mayHaveWritten({ marking, canRevert, sentFraction, late }: Attempt): boolean {
  return marking && !canRevert && (late || sentFraction >= 1);
}

/** It is alive: its recovery takes a package. */
function inRecovery(attempt: Attempt, more: More): Outcome {
  const { marked, before } = attempt;
  if (marked) return ended('needs-firmware', said('ota_stays_in_recovery'), 'ota-again', more);
  if (mayHaveWritten(attempt)) {
    return ended('needs-firmware', said('ota_recovery_written'), 'ota-again', more);
  }
  const version = before.running?.version;
  if (version === undefined)
    return ended('needs-firmware', said('ota_recovery'), 'ota-again', more);
  const state = said('ota_recovery_untouched', { version });
  return ended('needs-firmware', state, 'ota-leave-or-again', more);
}

function asBefore(attempt: Attempt, { running }: FirmwareState, more: More): Outcome {
  const { marking, marked, canRevert } = attempt;
  const version = running?.version ?? '';
  if (!marking) {
    return ended('nothing-changed', said('untouched', { version }), 'ota-try-again', more);
  }
  if (marked) {
    const key = canRevert ? 'ota_not_started' : 'ota_not_installed';
    return ended('nothing-changed', said(key, { version }), 'vendor', more);
  }
  if (!mayHaveWritten(attempt)) {
    return ended('nothing-changed', said('ota_as_before', { version }), 'ota-try-again', more);
  }
  return ended('unknown', said('ota_perhaps_partly', { version }), 'ota-try-again', more);
}

function unseenBefore(version: string, more: More): Outcome {
  return ended('unknown', said('ota_runs_since', { version }), 'read', more);
}
