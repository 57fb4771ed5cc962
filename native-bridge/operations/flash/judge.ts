/**
 * What was seen → how the flash ended. Pure, so that every verdict can be held against what a
 * terminal really holds. The rule: only what the terminal said counts; silence is "unknown".
 */
import type { Fault } from '../../contract/fault.ts';
import type { FlashPhase, FlashResult } from '../../contract/firmware.ts';
import type { ReadingName } from '../../contract/reading.ts';
import type { Sentence } from '../../contract/common.ts';
import { perLocale, readingLabel, sentence } from '../../wording/index.ts';
import { contradicts, storedWith, type Firmware, type FirmwareState } from './method.ts';
import { ended, type NextStep, type Outcome } from './outcome.ts';

const beforeUpload: ReadonlySet<FlashPhase> = new Set(['inspect', 'pre-flight', 'backup']);
/** The steps after which the running firmware may have changed. */
const afterMark: ReadonlySet<FlashPhase> = new Set(['restart', 'reidentify', 'confirm', 'restore']);

/** What a flash set out to do, and how far it came. */
export interface Attempt {
  readonly target: Firmware & { readonly id: string };
  /** Before anything was sent. */
  readonly before: FirmwareState;
  /** The boot loader tries new firmware and goes back by itself. */
  readonly canRevert: boolean;
  /** The step it was in, and what stopped it there; null: nothing did. */
  readonly phase: FlashPhase;
  readonly fault: Fault | null;
  readonly sentFraction: number;
  /** The mark for a trial was about to be sent, after the image was seen whole. */
  readonly marking: boolean;
  /** The mark for a trial was read back from the terminal. */
  readonly marked: boolean;
  /** The target was once seen running. */
  readonly ran: boolean;
  /** It was once read back that it stays: no boot loader goes back from that by itself. */
  readonly confirmed: boolean;
  /** It answered only after the deadline, or after the program was started again. */
  readonly late: boolean;
  /** How long it has been silent since its restart; 0: it has answered since. */
  readonly silentMs: number;
  /** Steps that the model needs before it trades again, as the profile names them. */
  readonly afterFlash: readonly string[];
}

/** What the terminal says it is, and what it should say. */
export interface OtherModel {
  readonly found: string;
  readonly expected: string;
}

export interface Seen {
  /** null: it did not answer. */
  readonly state: FirmwareState | null;
  /**
   * `same`: it proved who it is (or the technician said so). `unproven`: it could not be asked.
   * `waiting`: only its port and hashes speak for it, and nobody has confirmed it.
   */
  readonly identity: 'same' | 'unproven' | 'waiting';
  /** Vital readings that answered before the flash and do not now. */
  readonly lostReadings: readonly ReadingName[];
  /** The new firmware says that it is another model. */
  readonly otherModel?: OtherModel | null;
  /** null: they were not to be compared. */
  readonly settings: FlashResult['settings'];
}

export function judge(attempt: Attempt, seen: Seen): Outcome {
  const { state } = seen;
  if (state === null) return silent(attempt);
  const more = withState(attempt, state);
  if (state.running === null) {
    if (seen.identity === 'unproven') return strangeBootLoader(more);
    return withoutApplication(attempt, state, more);
  }
  if (state.running.id === attempt.target.id) return newRuns(attempt, seen, state, more);
  if (seen.identity === 'unproven') {
    return ended('unknown', said('unrecognised', state.running.version), 'right-terminal', more);
  }
  const known = state.running.id !== null;
  if (known && state.running.id === attempt.before.running?.id)
    return oldRuns(attempt, state, more);
  return ended('unknown', said('other_version', state.running.version), 'read', more);
}

type More = Pick<Outcome, 'fault' | 'failedPhase' | 'running' | 'confirmed'>;

function withState({ fault, phase }: Attempt, { running }: FirmwareState): More {
  return {
    fault,
    failedPhase: fault ? phase : null,
    running: running ? { version: running.version, hash: running.id } : null,
    confirmed: running?.confirmed ?? null,
  };
}

function said(key: string, version: string, more: Sentence['facts'] = {}): Sentence {
  return { key: `flash_state_${key}`, facts: { version, ...more } };
}

function silent(attempt: Attempt): Outcome {
  const { fault, phase } = attempt;
  const more = { fault, failedPhase: phase };
  if (afterMark.has(phase) && attempt.silentMs === 0) {
    return ended('unknown', { key: 'flash_state_silent_again', facts: {} }, 'reconnect', more);
  }
  if (afterMark.has(phase)) {
    const seconds = Math.round(attempt.silentMs / 1000);
    return ended('unknown', { key: 'flash_state_not_back', facts: { seconds } }, 'wait', more);
  }
  const version = attempt.before.running?.version ?? '';
  return ended('unknown', said('unreachable', version), 'reconnect', more);
}

/** It may be any terminal's. */
function strangeBootLoader(more: More): Outcome {
  const said = { key: 'flash_state_boot_loader_unproven', facts: {} };
  return ended('unknown', said, 'right-boot-loader', more);
}

/** Only the boot loader answers: it needs an image, and says whether it holds a whole one. */
function withoutApplication(attempt: Attempt, state: FirmwareState, more: More): Outcome {
  const { target, phase, fault } = attempt;
  // Built without an upload: whatever is done here, it stays without an application.
  if (phase === 'upload' && fault?.code === 'command-unsupported') {
    return ended('unrecoverable', said('takes_no_image', target.version), 'vendor', more);
  }
  const whole = storedWith(state, target.id) !== null;
  const key = whole ? 'stored_not_running' : 'no_application';
  const step: NextStep = whole && !afterMark.has(phase) ? 'restart-terminal' : 'flash-recovery';
  return ended('needs-firmware', said(key, target.version), step, more);
}

function newRuns(attempt: Attempt, seen: Seen, state: FirmwareState, more: More): Outcome {
  const { target, canRevert, afterFlash, late } = attempt;
  const confirmed = state.running?.confirmed === true;
  const version = state.running?.version ?? target.version;
  if (!confirmed) {
    const step: NextStep = seen.identity === 'waiting' ? 'confirm-identity' : 'restart-terminal';
    const key = canRevert ? 'unconfirmed' : 'unconfirmed_stays';
    return ended('unknown', said(key, version), canRevert ? step : 'vendor', more);
  }
  // An image list is read from the flash: what was written over what runs is not what runs yet.
  if (!afterMark.has(attempt.phase) && attempt.before.running?.id !== target.id) {
    return ended('unknown', said('not_restarted', version), 'restart-terminal', more);
  }
  if (seen.identity !== 'same') {
    return ended('unknown', said('unrecognised', version), 'right-terminal', more);
  }
  const { id } = target;
  if (contradicts(state.running, target)) {
    const facts = { expected: target.version };
    return ended('unknown', said('contradicts', version, facts), 'vendor', more);
  }
  const hash = `${id.slice(0, 4)}…${id.slice(-4)}`;
  if (seen.otherModel) {
    const { found, expected } = seen.otherModel;
    const facts = { hash, found, expected };
    return ended('not-trading', said('other_model', version, facts), 'vendor', more);
  }
  if (seen.lostReadings.length > 0) {
    const readings = perLocale((locale) => seen.lostReadings.map((n) => readingLabel(n, locale)));
    const state = sentence('flash_state_readings_lost', { version, hash, readings });
    return ended('not-trading', state, 'vendor', more);
  }
  if (seen.settings && (seen.settings.fault || seen.settings.failed.length > 0)) {
    const state = sentence('flash_state_settings_differ', { version, hash });
    return ended('not-trading', state, 'settings', { ...more, fault: seen.settings.fault });
  }
  const settled = { ...more, fault: null, failedPhase: null };
  if (afterFlash.length > 0) {
    const state = sentence('flash_state_not_trading', { version, hash, steps: [...afterFlash] });
    return ended('not-trading', state, 'after-flash', settled);
  }
  const verdict = late ? 'done-late' : 'done';
  return ended(verdict, sentence('flash_state_done', { version, hash }), 'test-payment', settled);
}

function oldRuns(attempt: Attempt, state: FirmwareState, more: More): Outcome {
  const { target, phase, ran, marking, marked, late } = attempt;
  const version = state.running?.version ?? '';
  const stored = storedWith(state, target.id);
  if (attempt.confirmed) return ended('unknown', said('flashed_since', version), 'read', more);
  if (stored?.start === 'for-good') {
    return ended('nothing-changed', said('pending_for_good', version), 'restart-terminal', more);
  }
  if (stored?.start === 'trial') {
    return ended('nothing-changed', said('pending', version), 'restart-terminal', more);
  }
  // The mark is gone and the image is whole: nobody watched, and it was tried and given up.
  if (ran || (late && marked && stored !== null && afterMark.has(phase))) {
    return ended('reverted', said('reverted', version), 'vendor', more);
  }
  if (marked) return ended('nothing-changed', said('not_swapped', version), 'vendor', more);
  // Cut off as it marked it: the image as it was sent looks no different from one that went back.
  if (late && marking) {
    const key = stored ? 'perhaps_tried' : 'not_swapped';
    return ended('nothing-changed', said(key, version), stored ? 'try-again' : 'vendor', more);
  }
  if (stored) return ended('nothing-changed', said('uploaded', version), 'try-again', more);
  if (beforeUpload.has(phase))
    return ended('nothing-changed', said('untouched', version), 'try-again', more);
  // The first piece may have been taken without a word, and a program that was killed kept no count.
  if (attempt.sentFraction === 0 || late) {
    return ended('nothing-changed', said('partial_unknown', version), 'try-again', more);
  }
  const percent = Math.floor(attempt.sentFraction * 100);
  return ended('nothing-changed', said('partial', version, { percent }), 'try-again', more);
}
