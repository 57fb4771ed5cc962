/** Which verdict a later look replaced. */
import { expect, test } from 'vitest';
import type { CaseEvent } from '../../native-bridge/contract/case.ts';
import type { FlashVerdict } from '../../native-bridge/contract/firmware.ts';
import { correctedVerdict } from '../../renderer/state/corrected-verdict.ts';

function events(...said: [FlashVerdict, corrects: boolean][]): CaseEvent[] {
  return said.map(([verdict, corrects], minute) => ({
    kind: 'flash',
    atUtc: `2026-01-01T10:0${minute}:00.000Z`,
    flash: {
      caseId: 'c',
      terminalId: 't',
      verdict,
      corrects,
      fromVersion: null,
      toVersion: '2.0.0',
      runningVersion: null,
      runningHash: null,
      confirmed: null,
      fault: null,
      failedPhase: null,
      state: { key: 'flash_state_done', facts: {} },
      next: { key: 'flash_next_wait', facts: {} },
      allowed: [],
      settings: null,
      fileSha256: null,
      durationMs: 0,
      sentBytes: 0,
    },
  }));
}

const given = (verdict: FlashVerdict, minute: number) => ({
  verdict,
  atUtc: `2026-01-01T10:0${minute}:00.000Z`,
});

test('what came late is told with what was said before it', () => {
  expect(correctedVerdict(events(['unknown', false], ['done-late', true]))).toEqual({
    was: given('unknown', 0),
    now: given('done-late', 1),
  });
});

test('a look that says the same again corrects nothing', () => {
  const said = events(['unknown', false], ['done-late', true], ['done-late', true]);
  expect(correctedVerdict(said)).toEqual({ was: given('unknown', 0), now: given('done-late', 1) });
  expect(correctedVerdict(events(['unknown', false], ['unknown', true]))).toBeNull();
});

test('a flash whose program was killed had no verdict to correct', () => {
  expect(correctedVerdict(events(['done-late', true]))).toBeNull();
});

test('the verdict of an earlier flash in the same case is not what was corrected', () => {
  const said = events(['nothing-changed', false], ['unknown', false], ['reverted', true]);
  expect(correctedVerdict(said)?.was).toEqual(given('unknown', 1));
  expect(correctedVerdict(events(['unknown', false], ['done', false]))).toBeNull();
});
