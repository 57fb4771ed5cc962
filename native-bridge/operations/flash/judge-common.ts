/**
 * What a flash is judged by, whichever way it goes: what was attempted, what was seen, and what the new
 * firmware has to show once it runs.
 */
import type { Sentence } from '../../contract/common.ts';
import type { Fault } from '../../contract/fault.ts';
import type { FlashPhase, FlashResult } from '../../contract/firmware.ts';
import type { ReadingName } from '../../contract/reading.ts';
import { perLocale, readingLabel } from '../../wording/index.ts';
import { contradicts, type Firmware, type FirmwareState, type FlashMethod } from './method.ts';
import { ended, type Outcome } from './outcome.ts';

/** What a flash set out to do, and how far it came. */
export interface Attempt {
  readonly course: FlashMethod['course'];
  readonly target: Firmware & { readonly id: string };
  /** Before anything was sent. */
  readonly before: FirmwareState;
  /** The boot loader tries new firmware and goes back by itself. */
  readonly canRevert: boolean;
  /** Of a package for the other slot: making that one start is the last write of all. */
  readonly activatesLast?: boolean | undefined;
  /** The step it was in, and what stopped it there; null: nothing did. */
  readonly phase: FlashPhase;
  readonly fault: Fault | null;
  readonly sentFraction: number;
  /**
   * The mark for a trial was about to be sent, after the image was seen whole; a package was offered
   * to the recovery; the first partition was about to be written.
   */
  readonly marking: boolean;
  /**
   * The mark for a trial was read back from the terminal; recovery said that it had installed it; all
   * partitions were written.
   */
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

export type More = Pick<Outcome, 'fault' | 'failedPhase' | 'running' | 'confirmed'>;

export function withState({ fault, phase, course }: Attempt, { running }: FirmwareState): More {
  const failedPhase: FlashPhase | null = fault ? phase : null;
  return {
    fault,
    failedPhase,
    running: running ? { version: running.version, hash: running.id } : null,
    // Of a build of Android there is nothing to confirm.
    confirmed: course === 'staged' ? (running?.confirmed ?? null) : null,
  };
}

export function said(key: string, facts: Sentence['facts'] = {}): Sentence {
  return { key: `flash_state_${key}`, facts };
}

/** Silent, and it was not told to go anywhere yet. */
export function unreachable({ before, fault, phase }: Attempt): Outcome {
  const version = before.running?.version ?? '';
  return ended('unknown', said('unreachable', { version }), 'reconnect', {
    fault,
    failedPhase: phase,
  });
}

/** Something runs; nothing says that it is this terminal. */
export function unrecognised(version: string, more: More): Outcome {
  return ended('unknown', said('unrecognised', { version }), 'right-terminal', more);
}

/** It is proven to run; whether it is this terminal, whole and able to trade is what remains. */
export function runsTarget(
  attempt: Attempt,
  seen: Seen,
  { running }: FirmwareState,
  more: More,
): Outcome {
  const { target, afterFlash, late } = attempt;
  const version = running?.version ?? target.version;
  if (seen.identity !== 'same') {
    return unrecognised(version, more);
  }
  if (contradicts(running, target)) {
    const facts = { version, expected: target.version };
    return ended('unknown', said('contradicts', facts), 'vendor', more);
  }
  const proof = proofOf(attempt, version);
  if (seen.otherModel) {
    const { found, expected } = seen.otherModel;
    return ended('not-trading', proof('other_model', { found, expected }), 'vendor', more);
  }
  if (seen.lostReadings.length > 0) {
    const readings = perLocale((locale) => seen.lostReadings.map((n) => readingLabel(n, locale)));
    const facts = { 'readings.zh-CN': readings['zh-CN'], 'readings.en': readings.en };
    return ended('not-trading', proof('readings_lost', facts), 'vendor', more);
  }
  if (seen.settings && (seen.settings.fault || seen.settings.failed.length > 0)) {
    const state = proof('settings_differ');
    return ended('not-trading', state, 'settings', { ...more, fault: seen.settings.fault });
  }
  const settled = { ...more, fault: null, failedPhase: null };
  if (afterFlash.length > 0) {
    const state = proof('not_trading', { steps: [...afterFlash] });
    return ended('not-trading', state, 'after-flash', settled);
  }
  return ended(late ? 'done-late' : 'done', proof('done'), 'test-payment', settled);
}

/** The state in words, with what proves it. */
function proofOf({ target: { id }, course }: Attempt, version: string) {
  const isBuild = course !== 'staged';
  const hash = isBuild ? id : `${id.slice(0, 4)}…${id.slice(-4)}`;
  return (key: string, more: Sentence['facts'] = {}): Sentence => {
    return said(isBuild ? `${key}_build` : key, { version, hash, ...more });
  };
}
