/**
 * How a flash through fastboot ended. The boot loader's word is no proof, neither of success nor of
 * failure: only what runs is. Silence is "unknown", and says how to get the terminal back.
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
const inSystem: ReadonlySet<string> = new Set(['inspect', 'pre-flight', 'backup', 'unpack']);

const refused: ReadonlySet<string> = new Set(['flash-blocked', 'bootloader-locked']);

export function judgePartitioned(attempt: Attempt, seen: Seen): Outcome {
  const { state } = seen;
  if (state === null) return silent(attempt);
  const more = withState(attempt, state);
  if (state.running === null) return inBootLoader(attempt, more);
  const { version, id } = state.running;
  if (id === attempt.target.id && isWhole(attempt)) return runsTarget(attempt, seen, state, more);
  if (seen.identity === 'unproven') {
    return unrecognised(version, more);
  }
  if (id !== null && id === attempt.before.running?.id) return asBefore(attempt, state, more);
  // It was not seen before: its boot loader answered then. Or its system is the package's already,
  // which is one of the partitions.
  if (!attempt.marked && (attempt.before.running === null || id === attempt.target.id)) {
    return unseenBefore(attempt, version, more);
  }
  return ended('unknown', said('other_version', { version }), 'read', more);
}

/**
 * The build is what one partition says: it proves the package only where all of them were written.
 * Where the other slot is made active last, a build that starts from there has all of it.
 */
function isWhole({ marked, canRevert, activatesLast, before, target }: Attempt): boolean {
  const isOther = before.running !== null && before.running.id !== target.id;
  return marked || (canRevert && activatesLast === true && isOther);
}

function silent(attempt: Attempt): Outcome {
  const { fault, phase, marking, marked, canRevert, silentMs } = attempt;
  const more = { fault, failedPhase: phase };
  const seconds = Math.round(silentMs / 1000);
  if (inSystem.has(phase)) {
    return unreachable(attempt);
  }
  if (!marking) {
    return ended('unknown', said('factory_not_in_boot_loader', { seconds }), 'boot-loader', more);
  }
  if (marked) return ended('unknown', said('factory_not_back', { seconds }), 'ota-wait', more);
  const key = canRevert ? 'factory_cut_off' : 'factory_cut_off_writes';
  return ended('unknown', said(key, { seconds }), 'factory-again', more);
}

/** It is alive, and takes a package. */
function inBootLoader({ marked, marking, canRevert, before }: Attempt, more: More): Outcome {
  if (marked) return ended('needs-firmware', said('factory_stays'), 'factory-again', more);
  if (marking && !canRevert) {
    return ended('needs-firmware', said('factory_half_written'), 'factory-again', more);
  }
  const version = before.running?.version;
  if (version === undefined) {
    return ended('needs-firmware', said('factory_boot_loader'), 'factory-again', more);
  }
  const state = said('factory_untouched', { version });
  return ended('needs-firmware', state, 'factory-leave-or-again', more);
}

function asBefore(attempt: Attempt, { running }: FirmwareState, more: More): Outcome {
  const { marking, marked, canRevert } = attempt;
  const version = running?.version ?? '';
  if (!marking) {
    // What the boot loader has against it, it has the next time as well.
    const step = refused.has(attempt.fault?.code ?? '') ? 'vendor' : 'ota-try-again';
    return ended('nothing-changed', said('untouched', { version }), step, more);
  }
  if (!canRevert) {
    const key = marked ? 'factory_not_taken' : 'factory_perhaps_partly';
    return ended('unknown', said(key, { version }), marked ? 'vendor' : 'factory-again', more);
  }
  if (marked) {
    return ended('nothing-changed', said('factory_not_started', { version }), 'vendor', more);
  }
  return ended('nothing-changed', said('factory_as_before', { version }), 'ota-try-again', more);
}

/** Some of its partitions may be the package's. */
function unseenBefore({ marking }: Attempt, version: string, more: More): Outcome {
  const key = marking ? 'factory_perhaps_partly' : 'factory_runs_since';
  return ended('unknown', said(key, { version }), marking ? 'factory-again' : 'read', more);
}
