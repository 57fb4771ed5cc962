/** A build that runs: when it proves a package, and when it does not. */
import { expect, it } from 'vitest';
import { judge } from '../../../native-bridge/operations/flash/judge.ts';
import type { Attempt } from '../../../native-bridge/operations/flash/judge-common.ts';
import type { FirmwareState } from '../../../native-bridge/operations/flash/method.ts';

const target = { version: '9.3.0', id: 'vendor/at:13/9.3.0' };
const runs = (version: string, id: string): FirmwareState => ({
  answering: 'application',
  running: { version, id, confirmed: true },
  stored: [],
});
const old = runs('9.2.0', 'vendor/at:13/9.2.0');
const fresh = runs(target.version, target.id);

const attempt: Attempt = {
  course: 'partitioned',
  target,
  before: old,
  canRevert: false,
  phase: 'upload',
  fault: null,
  sentFraction: 0.5,
  marking: true,
  marked: false,
  ran: false,
  confirmed: false,
  late: true,
  silentMs: 0,
  afterFlash: [],
};

it.each<[string, Partial<Attempt>, string, string]>([
  ['all of it was written', { marked: true }, 'done-late', 'flash_state_done_build'],
  ['it was cut off behind the system', {}, 'unknown', 'flash_state_factory_perhaps_partly'],
  [
    'it starts from the slot that is made active last',
    { canRevert: true, activatesLast: true },
    'done-late',
    'flash_state_done_build',
  ],
  [
    'it starts from a slot that was made active before all was written',
    { canRevert: true, activatesLast: false },
    'unknown',
    'flash_state_factory_perhaps_partly',
  ],
  [
    'it ran that build before, and was cut off',
    { before: fresh },
    'unknown',
    'flash_state_factory_perhaps_partly',
  ],
  [
    'it ran that build before, and nothing was written',
    { before: fresh, marking: false },
    'nothing-changed',
    'flash_state_untouched',
  ],
  [
    'it ran that build before, and the other slot was cut off',
    { before: fresh, canRevert: true },
    'nothing-changed',
    'flash_state_factory_as_before',
  ],
])('the system’s build is the package’s: %s', (_, more, verdict, state) => {
  const seen = { state: fresh, identity: 'same', lostReadings: [], settings: null } as const;
  const outcome = judge({ ...attempt, ...more }, seen);
  expect([outcome.verdict, outcome.state.key]).toEqual([verdict, state]);
});

it('a package that was handed over and never installed is not done because that build ran before', () => {
  const seen = { state: fresh, identity: 'same', lostReadings: [], settings: null } as const;
  const handedOver = { ...attempt, course: 'handed-over', before: fresh, canRevert: true } as const;
  expect(judge(handedOver, seen).verdict).not.toMatch(/^done/);
  expect(judge({ ...handedOver, marked: true }, seen).verdict).toBe('done-late');
});
