/** What was seen → how a flash through a recovery ended. */
import { describe, expect, it } from 'vitest';
import { judge } from '../../../native-bridge/operations/flash/judge.ts';
import type { Attempt, Seen } from '../../../native-bridge/operations/flash/judge-common.ts';
import type { FirmwareState } from '../../../native-bridge/operations/flash/method.ts';
import { isMessageKey } from '../../../native-bridge/wording/index.ts';

const oldBuild = 'b/p/d:13/A/1:user/release-keys';
const newBuild = 'b/p/d:13/A/2:user/release-keys';
const runs = (id: string, version: string): FirmwareState => ({
  answering: 'application',
  running: { id, version, confirmed: true },
  stored: [],
});
const recovery: FirmwareState = { answering: 'boot-loader', running: null, stored: [] };
const before = runs(oldBuild, 'A/1');
const after = runs(newBuild, 'A/2');

const attempt: Attempt = {
  course: 'handed-over',
  target: { version: 'A/2', id: newBuild },
  before,
  canRevert: true,
  phase: 'reidentify',
  fault: null,
  sentFraction: 1,
  marking: true,
  marked: true,
  ran: false,
  confirmed: false,
  late: false,
  silentMs: 60_000,
  afterFlash: [],
};
const cut: Partial<Attempt> = { phase: 'upload', marked: false, sentFraction: 0.4 };
const stopped: Partial<Attempt> = { ...cut, sentFraction: 1 };
const writes: Partial<Attempt> = { canRevert: false };
const notBegun: Partial<Attempt> = { ...cut, phase: 'update-mode', marking: false };

describe('the judge of a flash through a recovery', () => {
  it.each<[string, Partial<Attempt>, FirmwareState | null, string]>([
    ['runs the build', {}, after, 'done: done_build, then test_payment'],
    ['runs it late', { late: true }, after, 'done-late: done_build, then test_payment'],
    [
      'needs steps',
      { afterFlash: ['sign-in'] },
      after,
      'not-trading: not_trading_build, then after_flash',
    ],
    ['runs it though recovery was cut off', cut, after, 'done: done_build, then test_payment'],
    [
      'runs as before, said to be done',
      {},
      before,
      'nothing-changed: ota_not_started, then vendor',
    ],
    ['the same without slots', writes, before, 'nothing-changed: ota_not_installed, then vendor'],
    ['runs as before, cut off', cut, before, 'nothing-changed: ota_as_before, then ota_try_again'],
    [
      'without slots, all was read',
      { ...writes, ...stopped },
      before,
      'unknown: ota_perhaps_partly, then ota_try_again',
    ],
    [
      'without slots, nobody counted',
      { ...writes, ...cut, late: true },
      before,
      'unknown: ota_perhaps_partly, then ota_try_again',
    ],
    ['nothing was offered', notBegun, before, 'nothing-changed: untouched, then ota_try_again'],
    [
      'runs something else',
      {},
      runs('x/y/z:1/B/3:a/b', 'B/3'),
      'unknown: other_version, then read',
    ],
    ['recovery, done', {}, recovery, 'needs-firmware: ota_stays_in_recovery, then ota_again'],
    [
      'recovery, cut off',
      cut,
      recovery,
      'needs-firmware: ota_recovery_untouched, then ota_leave_or_again',
    ],
    [
      'recovery, cut off as it wrote',
      { ...writes, ...stopped },
      recovery,
      'needs-firmware: ota_recovery_written, then ota_again',
    ],
    [
      'recovery, nothing known of before',
      { ...cut, before: recovery },
      recovery,
      'needs-firmware: ota_recovery, then ota_again',
    ],
    [
      'silent before anything was offered',
      notBegun,
      null,
      'unknown: ota_not_in_recovery, then recovery',
    ],
    ['silent, cut off', cut, null, 'unknown: ota_cut_off, then recovery'],
    [
      'silent, cut off as it wrote',
      { ...writes, ...stopped },
      null,
      'unknown: ota_cut_off_writes, then recovery',
    ],
    ['silent, said to be done', {}, null, 'unknown: ota_not_back, then ota_wait'],
  ])('%s', (_, more, state, expected) => {
    expect(ends(more, { state })).toBe(expected);
  });

  it('a build proves nothing on a terminal that is not known to be this one', () => {
    const unproven = { state: after, identity: 'unproven' } as const;
    expect(ends({}, unproven)).toBe('unknown: unrecognised, then right_terminal');
  });
});

function ends(more: Partial<Attempt>, seen: Partial<Seen>): string {
  const nothing: Seen = { state: null, identity: 'same', lostReadings: [], settings: null };
  const { verdict, state, next } = judge({ ...attempt, ...more }, { ...nothing, ...seen });
  expect(isMessageKey(state.key)).toBe(true);
  expect(isMessageKey(next.key)).toBe(true);
  const short = ({ key }: { key: string }) => key.replace(/^flash_(?:state|next)_/, '');
  return `${verdict}: ${short(state)}, then ${short(next)}`;
}
