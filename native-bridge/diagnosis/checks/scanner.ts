/**
 * 2.1 Scanner: its self-test, how long it takes to read, whether it is set to read what wallets show,
 * and what the loop test found. It matters where the merchant scans the payer. The self-test alone
 * is no pass: it is well with a dirty window, too.
 */
import type { CheckInput } from '../input.ts';
import { wayOf } from '../answers/told.ts';
import type { Remedy } from '../../contract/diagnosis.ts';
import type { ScannerTest } from '../../contract/scanner.ts';
import { look, observe, outcome, type Check, type Observation, type Outcome } from '../check.ts';
import { fromReadings, fromSetting } from '../evidence.ts';
import { compareSettings, type Compared } from '../expected.ts';
import type { Seen } from '../seen.ts';
import { faultsOf, type ConditionId } from '../rules/index.ts';
import { sentence } from '../../wording/index.ts';
import {
  ageMsOf,
  loopEvidence,
  newestLoop,
  untestedBands,
  wellByLoop,
  withLoop,
} from './scanner-loop.ts';

export const scanner: Check = {
  id: 'scanner',
  rung: 'scanner',
  needs: ['scanner.selfTest', 'scanner.decodeMs', 'scanner.appEnabled'],
  also: ['scanner.firmware', 'scanner.appVersion', 'qr.presented'],
  needsSettings: true,
  look(input, seen) {
    const absent = whyNotApplicable(input);
    if (absent !== null) return look({ otherwise: outcome('not-applicable', absent) });
    const selfTest = seen.flagOrText('scanner.selfTest');
    const decodeMs = seen.number('scanner.decodeMs');
    const settings = compareSettings(input, 'scanner');
    const read = [
      ...appFaults(input, seen),
      ...tested(input, selfTest),
      ...speed(input, decodeMs),
      ...settings.wrong.map((compared) => wrongSetting(input, compared)),
    ];
    const observations = withLoop(read, input);
    const unreadSettings = settings.unread.map((row) => row.labels);
    const loop = newestLoop(input);
    const isWell = loop?.verdict === 'good' && untestedBands(loop) === null;
    return look({
      observations,
      unreadSettings,
      otherwise: isWell ? wellOf(loop, input) : untried(input, seen, loop),
      cleared: isWell ? faultsOf('scanner').filter((id) => isClearedBy(loop, id)) : [],
    });
  },
};

function whyNotApplicable(input: CheckInput) {
  if (!input.model.has.scanner) return sentence('absent_scanner', {});
  const both = input.answers['who-scans'] === 'both';
  return !both && wayOf(input) === 'payer-scans' ? sentence('absent_scanner_unused', {}) : null;
}

/** How an engine that does not answer at all is told. */
const silent = /no (?:answer|response|engine)|not found|absent|timed? ?out/iu;

function tested(input: CheckInput, selfTest: boolean | string | null): Observation[] {
  if (selfTest === null || selfTest === true || selfTest === 'ok') return [];
  const evidence = fromReadings(input, 'scanner.selfTest', 'scanner.firmware');
  const problem = selfTest === false ? 'failed' : selfTest;
  if (silent.test(problem)) return [observe('scanner-dead', {}, { evidence })];
  return [observe('scanner-failed', { problem }, { evidence })];
}

/** The engine answers its self-test whether or not the app is there that takes its reads. */
function appFaults(input: CheckInput, seen: Seen): Observation[] {
  if (seen.flag('scanner.appEnabled') !== false) return [];
  const evidence = fromReadings(input, 'scanner.appEnabled', 'scanner.appVersion');
  return [observe('scanner-app-disabled', {}, { evidence })];
}

function speed(input: CheckInput, decodeMs: number | null): Observation[] {
  const { scannerSlowMs } = input.model.thresholds;
  if (decodeMs === null || decodeMs < scannerSlowMs / 2) return [];
  const evidence = fromReadings(input, 'scanner.decodeMs');
  return [
    decodeMs >= scannerSlowMs
      ? observe('scanner-slow', { decodeMs }, { evidence })
      : observe('scanner-sluggish', { decodeMs }, { evidence }),
  ];
}

function wrongSetting(input: CheckInput, { row, reading, found, expected }: Compared): Observation {
  const evidence = fromSetting(input, row, reading);
  return observe(
    'scanner-setting',
    { setting: row.labels, found, expected },
    { evidence, settings: [row.key] },
  );
}

/** A screen is lit by itself: it says nothing of the scanner's light. */
const isClearedBy = ({ carrier }: ScannerTest, id: ConditionId): boolean =>
  carrier === 'paper' || (id !== 'scanner-light' && id !== 'scanner-failed');

function readEvidence(input: CheckInput) {
  return fromReadings(input, 'scanner.selfTest', 'scanner.firmware', 'scanner.decodeMs');
}

function wellOf(loop: ScannerTest, input: CheckInput): Outcome {
  const evidence = [loopEvidence(loop), ...readEvidence(input)];
  return outcome('pass', wellByLoop(loop, input), evidence);
}

/** Nobody held a code before it yet: what was read can't tell whether it reads. */
function untried(input: CheckInput, seen: Seen, loop: ScannerTest | null): Outcome {
  const evidence = [...(loop ? [loopEvidence(loop)] : []), ...readEvidence(input)];
  if (input.model.scanner) {
    return { ...outcome('ask', openHeadline(input, seen, loop), evidence), next: runTest() };
  }
  const isTold = seen.flagOrText('scanner.selfTest') !== null;
  return isTold
    ? outcome('ask', sentence('ask_scanner_try', {}), evidence)
    : outcome('unknown', sentence('unread_no_source', {}), evidence);
}

function openHeadline(input: CheckInput, seen: Seen, loop: ScannerTest | null) {
  const bands = loop && untestedBands(loop);
  if (loop && bands) return sentence('ask_scanner_partly', { bands, ageMs: ageMsOf(loop, input) });
  const decodeMs = seen.number('scanner.decodeMs');
  if (seen.flagOrText('scanner.selfTest') === null) return sentence('ask_scanner', {});
  return decodeMs === null
    ? sentence('ask_scanner_self_test', {})
    : sentence('ask_scanner_measured', { decodeMs });
}

const runTest = (): Remedy => ({
  what: sentence('next_scanner_test', {}),
  who: 'technician',
  settings: [],
  flash: false,
  test: 'scanner',
});
