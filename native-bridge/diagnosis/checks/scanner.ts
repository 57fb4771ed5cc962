/**
 * 2.1 Scanner: its self-test, how long it takes to read, and whether it is set to read what wallets
 * show. It matters where the merchant scans the payer.
 */
import type { CheckInput } from '../input.ts';
import { wayOf } from '../answers/told.ts';
import { look, observe, outcome, type Check, type Observation } from '../check.ts';
import { fromReadings, fromSetting } from '../evidence.ts';
import { compareSettings, type Compared } from '../expected.ts';
import type { Seen } from '../seen.ts';
import { sentence } from '../../wording/index.ts';

export const scanner: Check = {
  id: 'scanner',
  rung: 'scanner',
  needs: ['scanner.selfTest', 'scanner.decodeMs'],
  also: ['scanner.firmware', 'qr.presented'],
  needsSettings: true,
  look(input, seen) {
    const absent = whyNotApplicable(input);
    if (absent !== null) return look({ otherwise: outcome('not-applicable', absent) });
    const selfTest = seen.flagOrText('scanner.selfTest');
    const decodeMs = seen.number('scanner.decodeMs');
    const settings = compareSettings(input, 'scanner');
    const observations = [
      ...tested(input, selfTest),
      ...speed(input, decodeMs),
      ...settings.wrong.map((compared) => wrongSetting(input, compared)),
    ];
    const unreadSettings = settings.unread.map((row) => row.labels);
    return look({ observations, unreadSettings, otherwise: fine(input, seen, selfTest) });
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

function fine(input: CheckInput, seen: Seen, selfTest: boolean | string | null) {
  const evidence = fromReadings(input, 'scanner.selfTest', 'scanner.firmware', 'scanner.decodeMs');
  if (selfTest === null) return outcome('unknown', sentence('unread_no_source', {}));
  const decodeMs = seen.number('scanner.decodeMs');
  return decodeMs === null
    ? outcome('pass', sentence('fine_scanner', {}), evidence)
    : outcome('pass', sentence('fine_scanner_measured', { decodeMs }), evidence);
}
