/**
 * What was seen → how the flash ended. Pure, so that every verdict can be held against what a
 * terminal really holds. The rule: only what the terminal said counts; silence is "unknown".
 */
import type { FlashPhase } from '../../contract/firmware.ts';
import { judgePartitioned } from './fastboot/judge.ts';
import { judgeHandedOver } from './handed-over/judge.ts';
import {
  runsTarget,
  said,
  unreachable,
  unrecognised,
  withState,
  type Attempt,
  type More,
  type Seen,
} from './judge-common.ts';
import { storedWith, type FirmwareState } from './method.ts';
import { ended, type NextStep, type Outcome } from './outcome.ts';

const beforeUpload: ReadonlySet<FlashPhase> = new Set(['inspect', 'pre-flight', 'backup']);
/** The steps after which the running firmware may have changed. */
const afterMark: ReadonlySet<FlashPhase> = new Set(['restart', 'reidentify', 'confirm', 'restore']);

export function judge(attempt: Attempt, seen: Seen): Outcome {
  if (attempt.course === 'handed-over') return judgeHandedOver(attempt, seen);
  if (attempt.course === 'partitioned') return judgePartitioned(attempt, seen);
  const { state } = seen;
  if (state === null) return silent(attempt);
  const more = withState(attempt, state);
  if (state.running === null) {
    if (seen.identity === 'unproven') return strangeBootLoader(more);
    return withoutApplication(attempt, state, more);
  }
  if (state.running.id === attempt.target.id) return newRuns(attempt, seen, state, more);
  if (seen.identity === 'unproven') {
    return unrecognised(state.running.version, more);
  }
  const known = state.running.id !== null;
  if (known && state.running.id === attempt.before.running?.id)
    return oldRuns(attempt, state, more);
  return ended('unknown', said('other_version', { version: state.running.version }), 'read', more);
}

function silent(attempt: Attempt): Outcome {
  const { fault, phase } = attempt;
  const more = { fault, failedPhase: phase };
  if (afterMark.has(phase) && attempt.silentMs === 0) {
    return ended('unknown', said('silent_again'), 'reconnect', more);
  }
  if (afterMark.has(phase)) {
    const seconds = Math.round(attempt.silentMs / 1000);
    return ended('unknown', said('not_back', { seconds }), 'wait', more);
  }
  return unreachable(attempt);
}

/** It may be any terminal's. */
function strangeBootLoader(more: More): Outcome {
  return ended('unknown', said('boot_loader_unproven'), 'right-boot-loader', more);
}

/** Only the boot loader answers: it needs an image, and says whether it holds a whole one. */
function withoutApplication(attempt: Attempt, state: FirmwareState, more: More): Outcome {
  const { target, phase, fault } = attempt;
  // Built without an upload: whatever is done here, it stays without an application.
  if (phase === 'upload' && fault?.code === 'command-unsupported') {
    return ended(
      'unrecoverable',
      said('takes_no_image', { version: target.version }),
      'vendor',
      more,
    );
  }
  const whole = storedWith(state, target.id) !== null;
  const key = whole ? 'stored_not_running' : 'no_application';
  const step: NextStep = whole && !afterMark.has(phase) ? 'restart-terminal' : 'flash-recovery';
  return ended('needs-firmware', said(key, { version: target.version }), step, more);
}

function newRuns(attempt: Attempt, seen: Seen, state: FirmwareState, more: More): Outcome {
  const { target, canRevert } = attempt;
  const confirmed = state.running?.confirmed === true;
  const version = state.running?.version ?? target.version;
  if (!confirmed) {
    const step: NextStep = seen.identity === 'waiting' ? 'confirm-identity' : 'restart-terminal';
    const key = canRevert ? 'unconfirmed' : 'unconfirmed_stays';
    return ended('unknown', said(key, { version }), canRevert ? step : 'vendor', more);
  }
  // An image list is read from the flash: what was written over what runs is not what runs yet.
  if (!afterMark.has(attempt.phase) && attempt.before.running?.id !== target.id) {
    return ended('unknown', said('not_restarted', { version }), 'restart-terminal', more);
  }
  return runsTarget(attempt, seen, state, more);
}

function oldRuns(attempt: Attempt, state: FirmwareState, more: More): Outcome {
  const { target, phase, ran, marking, marked, late } = attempt;
  const version = state.running?.version ?? '';
  const stored = storedWith(state, target.id);
  if (attempt.confirmed) return ended('unknown', said('flashed_since', { version }), 'read', more);
  if (stored?.start === 'for-good') {
    return ended(
      'nothing-changed',
      said('pending_for_good', { version }),
      'restart-terminal',
      more,
    );
  }
  if (stored?.start === 'trial') {
    return ended('nothing-changed', said('pending', { version }), 'restart-terminal', more);
  }
  // The mark is gone and the image is whole: nobody watched, and it was tried and given up.
  if (ran || (late && marked && stored !== null && afterMark.has(phase))) {
    return ended('reverted', said('reverted', { version }), 'vendor', more);
  }
  if (marked) return ended('nothing-changed', said('not_swapped', { version }), 'vendor', more);
  // Cut off as it marked it: the image as it was sent looks no different from one that went back.
  if (late && marking) {
    const key = stored ? 'perhaps_tried' : 'not_swapped';
    return ended('nothing-changed', said(key, { version }), stored ? 'try-again' : 'vendor', more);
  }
  if (stored) return ended('nothing-changed', said('uploaded', { version }), 'try-again', more);
  if (beforeUpload.has(phase))
    return ended('nothing-changed', said('untouched', { version }), 'try-again', more);
  // The first piece may have been taken without a word, and a program that was killed kept no count.
  if (attempt.sentFraction === 0 || late) {
    return ended('nothing-changed', said('partial_unknown', { version }), 'try-again', more);
  }
  const percent = Math.floor(attempt.sentFraction * 100);
  return ended('nothing-changed', said('partial', { version, percent }), 'try-again', more);
}
