/** What was seen → how a flash ended, sentence by sentence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flashPhases } from '../../../native-bridge/contract/firmware.ts';
import type { Fault } from '../../../native-bridge/contract/fault.ts';
import { judge } from '../../../native-bridge/operations/flash/judge.ts';
import type { Attempt, Seen } from '../../../native-bridge/operations/flash/judge-common.ts';
import type {
  FirmwareState,
  RunningFirmware,
  StoredFirmware,
} from '../../../native-bridge/operations/flash/method.ts';
import { isMessageKey } from '../../../native-bridge/wording/index.ts';

const oldId = 'aaaa'.repeat(16);
const newId = 'bbbb'.repeat(16);
const target = { version: '2.0.0', id: newId };
const old: RunningFirmware = { version: '1.9.9', id: oldId, confirmed: true };
const fresh: RunningFirmware = { ...target, confirmed: true };
const whole: StoredFirmware = { ...target, start: 'no' };
const marked: StoredFirmware = { ...target, start: 'trial' };
const cut: Fault = { code: 'port-vanished', facts: {}, trace: [] };
const kept = { compared: 14, restored: [], reenter: [], failed: [], fault: null };
const lost = { ...kept, compared: 3, fault: cut };

function runs(running: RunningFirmware | null, ...stored: StoredFirmware[]): FirmwareState {
  return { answering: running ? 'application' : 'boot-loader', running, stored };
}

const attempt: Attempt = {
  course: 'staged',
  target,
  before: runs(old),
  canRevert: true,
  phase: 'confirm',
  fault: null,
  sentFraction: 1,
  marking: true,
  marked: true,
  ran: true,
  confirmed: false,
  late: false,
  silentMs: 0,
  afterFlash: [],
};

function ends(more: Partial<Attempt>, state: FirmwareState | null, seen: Partial<Seen> = {}) {
  const outcome = judge(
    { ...attempt, ...more },
    { state, identity: 'same', lostReadings: [], settings: null, ...seen },
  );
  const short = (key: string) => key.replace(/^flash_(?:state|next)_/, '');
  return `${outcome.verdict}: ${short(outcome.state.key)}, then ${short(outcome.next.key)}`;
}

const untried: Partial<Attempt> = { marking: false, marked: false, ran: false };

describe('the judge of a flash', () => {
  it.each<[string, Partial<Attempt>, FirmwareState | null, Partial<Seen>, string]>([
    ['runs it, confirmed', {}, runs(fresh), {}, 'done: done, then test_payment'],
    ['answers late', { late: true }, runs(fresh), {}, 'done-late: done, then test_payment'],
    [
      'needs its activation',
      { afterFlash: ['activation'] },
      runs(fresh),
      {},
      'not-trading: not_trading, then after_flash',
    ],
    [
      'lost a reading',
      {},
      runs(fresh),
      { lostReadings: ['battery.levelPercent'] },
      'not-trading: readings_lost, then vendor',
    ],
    [
      'was lost while its settings were put back',
      { phase: 'restore' },
      runs(fresh),
      { settings: lost },
      'not-trading: settings_differ, then settings',
    ],
    [
      'runs it on trial',
      {},
      runs({ ...fresh, confirmed: false }),
      {},
      'unknown: unconfirmed, then restart_terminal',
    ],
    [
      'runs it on trial and is only assumed',
      {},
      runs({ ...fresh, confirmed: false }),
      { identity: 'waiting' },
      'unknown: unconfirmed, then confirm_identity',
    ],
    [
      'can’t confirm it and has no way back',
      { canRevert: false },
      runs({ ...fresh, confirmed: false }),
      {},
      'unknown: unconfirmed_stays, then vendor',
    ],
    [
      'can’t prove who it is',
      {},
      runs(fresh),
      { identity: 'unproven' },
      'unknown: unrecognised, then right_terminal',
    ],
    [
      'runs the old one and can’t prove who it is',
      {},
      runs(old),
      { identity: 'unproven' },
      'unknown: unrecognised, then right_terminal',
    ],
    [
      'says the hash of one and the version of another',
      {},
      runs({ ...fresh, version: '2.0.1' }),
      {},
      'unknown: contradicts, then vendor',
    ],
    [
      'holds it in place of what runs, without a restart',
      { phase: 'activate', ...untried },
      runs(fresh),
      {},
      'unknown: not_restarted, then restart_terminal',
    ],
    [
      'has not answered since its restart',
      { phase: 'restart', ran: false, silentMs: 60_000 },
      null,
      {},
      'unknown: not_back, then wait',
    ],
    [
      'answered after its restart and fell silent',
      { phase: 'confirm' },
      null,
      {},
      'unknown: silent_again, then reconnect',
    ],
    [
      'was cut off while it was sent',
      { phase: 'upload', ...untried, fault: cut },
      null,
      {},
      'unknown: unreachable, then reconnect',
    ],
    [
      'was not touched yet',
      { phase: 'backup', ...untried, sentFraction: 0 },
      runs(old),
      {},
      'nothing-changed: untouched, then try_again',
    ],
    [
      'got a part',
      { phase: 'upload', ...untried, sentFraction: 0.4 },
      runs(old),
      {},
      'nothing-changed: partial, then try_again',
    ],
    [
      'got a part that nobody counted',
      { phase: 'upload', ...untried, sentFraction: 0 },
      runs(old),
      {},
      'nothing-changed: partial_unknown, then try_again',
    ],
    [
      'was left by a killed program while it was sent',
      { phase: 'upload', ...untried, sentFraction: 0, late: true },
      runs(old),
      {},
      'nothing-changed: partial_unknown, then try_again',
    ],
    [
      'holds all of it',
      { phase: 'verify', ...untried },
      runs(old, whole),
      {},
      'nothing-changed: uploaded, then try_again',
    ],
    [
      'will try it at its next restart',
      { phase: 'activate', ...untried },
      runs(old, marked),
      {},
      'nothing-changed: pending, then restart_terminal',
    ],
    [
      'will run it for good from its next restart',
      { phase: 'confirm' },
      runs(old, { ...marked, start: 'for-good' }),
      {},
      'nothing-changed: pending_for_good, then restart_terminal',
    ],
    [
      'was being marked when the program was killed, and holds all of it',
      { phase: 'reidentify', ...untried, marking: true, late: true },
      runs(old, whole),
      {},
      'nothing-changed: perhaps_tried, then try_again',
    ],
    [
      'was being marked when the program was killed, and does not hold it any more',
      { phase: 'reidentify', ...untried, marking: true, late: true },
      runs(old),
      {},
      'nothing-changed: not_swapped, then vendor',
    ],
    [
      'did not take it',
      { phase: 'reidentify', ran: false },
      runs(old),
      {},
      'nothing-changed: not_swapped, then vendor',
    ],
    ['went back from it', {}, runs(old, whole), {}, 'reverted: reverted, then vendor'],
    [
      'was confirmed, and runs the earlier one at a later visit',
      { confirmed: true, late: true },
      runs(old, whole),
      {},
      'unknown: flashed_since, then read',
    ],
    [
      'tried it while nobody watched, and went back',
      { phase: 'restart', ran: false, late: true },
      runs(old, whole),
      {},
      'reverted: reverted, then vendor',
    ],
    [
      'refused it while nobody watched',
      { phase: 'restart', ran: false, late: true },
      runs(old),
      {},
      'nothing-changed: not_swapped, then vendor',
    ],
    [
      'runs what neither was there nor was sent',
      {},
      runs({ version: '7.0.0', id: 'cc', confirmed: true }),
      {},
      'unknown: other_version, then read',
    ],
    [
      'has nothing that starts',
      {},
      runs(null),
      {},
      'needs-firmware: no_application, then flash_recovery',
    ],
    [
      'has only a boot loader that takes no image',
      { phase: 'upload', fault: { code: 'command-unsupported', facts: {}, trace: [] } },
      runs(null),
      {},
      'unrecoverable: takes_no_image, then vendor',
    ],
    [
      'holds it in the boot loader, not started',
      { phase: 'verify', ...untried },
      runs(null, whole),
      {},
      'needs-firmware: stored_not_running, then restart_terminal',
    ],
    [
      'holds it in the boot loader and does not start it',
      { ran: false },
      runs(null, whole),
      {},
      'needs-firmware: stored_not_running, then flash_recovery',
    ],
  ])('says of a terminal that %s', (_name, more, state, seen, expected) => {
    expect(ends(more, state, seen)).toBe(expected);
  });

  it('takes two spellings of one version for one', () => {
    const known = { ...target, version: '1.1.0+7' };
    const told = { ...fresh, version: '1.1.0.7' };
    expect(ends({ target: known }, runs(told))).toMatch(/^done:/);
  });
});

const running = fc.record({
  version: fc.constantFrom('1.9.9', '2.0.0', '2.0.1'),
  id: fc.constantFrom(oldId, newId, 'cc', null),
  confirmed: fc.boolean(),
});
const stored = fc.record({
  version: fc.constantFrom('1.9.9', '2.0.0'),
  id: fc.constantFrom(oldId, newId, null),
  start: fc.constantFrom('no' as const, 'trial' as const, 'for-good' as const),
});
const state = fc.record({
  answering: fc.constantFrom('application' as const, 'boot-loader' as const),
  running: fc.option(running),
  stored: fc.array(stored, { maxLength: 2 }),
});
const attempts: fc.Arbitrary<Attempt> = fc.record({
  course: fc.constantFrom('staged' as const, 'handed-over' as const),
  target: fc.constant(target),
  before: state,
  canRevert: fc.boolean(),
  phase: fc.constantFrom(...flashPhases),
  fault: fc.constantFrom(null, cut),
  sentFraction: fc.constantFrom(0, 0.01, 0.5, 1),
  marking: fc.boolean(),
  marked: fc.boolean(),
  ran: fc.boolean(),
  confirmed: fc.boolean(),
  late: fc.boolean(),
  silentMs: fc.constantFrom(0, 60_000),
  afterFlash: fc.constantFrom([], ['activation']),
});
const sights: fc.Arbitrary<Seen> = fc.record({
  state: fc.option(state),
  identity: fc.constantFrom('same' as const, 'unproven' as const, 'waiting' as const),
  lostReadings: fc.constantFrom([], ['battery.levelPercent' as const]),
  settings: fc.constantFrom(null, kept, lost),
});

describe('whatever is seen', () => {
  it('is done only where the new image runs, confirmed, on the same terminal', () => {
    const flashed = ['done', 'done-late', 'not-trading'];
    fc.assert(
      fc.property(attempts, sights, (one, seen) => {
        const { verdict } = judge(one, seen);
        if (!flashed.includes(verdict)) return;
        expect(seen.state?.running).toEqual(fresh);
        expect(seen.identity).toBe('same');
        expect(verdict === 'done' && one.late).toBe(false);
        const less = seen.lostReadings.length > 0 || seen.settings === lost;
        expect(verdict !== 'not-trading' && less).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });

  it('what is said to run is what was seen running, and has its words', () => {
    fc.assert(
      fc.property(attempts, sights, (one, seen) => {
        const outcome = judge(one, seen);
        const told = seen.state?.running;
        expect(outcome.running).toEqual(told ? { version: told.version, hash: told.id } : null);
        // An Android build is tried by nobody, so none is confirmed.
        const confirmable = one.course !== 'handed-over';
        expect(outcome.confirmed).toBe(confirmable ? (told?.confirmed ?? null) : null);
        if (['nothing-changed', 'reverted'].includes(outcome.verdict)) {
          expect(told?.id).toBe(one.before.running?.id);
          expect(told?.id).not.toBeNull();
        }
        expect(isMessageKey(outcome.state.key) && isMessageKey(outcome.next.key)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
