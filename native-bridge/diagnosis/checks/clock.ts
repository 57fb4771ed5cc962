/**
 * The clock, against the network's time as this computer was told it. A laptop that was offline is a
 * poor reference: without a better one only what can't be true is said.
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation, type Outcome } from '../check.ts';
import { fromReadings, fromSetting } from '../evidence.ts';
import { compareSettings, type Compared } from '../expected.ts';
import type { ConditionId } from '../rules/index.ts';
import type { Seen } from '../seen.ts';
import { sentence } from '../../wording/index.ts';
import { asFarAsItMatters } from '../ways.ts';

/** A flat cell lets a clock begin again at its maker's epoch, which lies before all of these. */
const earliest = Date.parse('2020-01-01T00:00:00Z');
const dayMs = 86_400_000;
/** What a computer that nobody set can be off by; a terminal further off than this is wrong. */
const poorReferenceMs = 2 * dayMs;

export const clock: Check = {
  id: 'clock',
  rung: 'clock',
  needs: ['clock.utc'],
  also: ['clock.zone', 'firmware.securityPatch', 'network.tls', 'qr.mode', 'qr.presented'],
  needsSettings: true,
  look(input, seen) {
    const shown = seen.instant('clock.utc');
    const settings = compareSettings(input, 'clock');
    const zone = settings.wrong.map((wrong) => settingFault(input, wrong));
    const off = shown === null ? [] : skew(input, seen, Date.parse(shown));
    return look({
      observations: asFarAsItMatters([...off, ...zone], input, seen),
      unreadSettings: settings.unread.map((row) => row.labels),
      otherwise: fine(input, shown),
      cleared: clearedBy(seen),
    });
  },
};

/** That it follows the network's time is set beside its zone. */
function settingFault(input: CheckInput, { row, reading, found, expected }: Compared): Observation {
  const backing = { evidence: fromSetting(input, row, reading), settings: [row.key] };
  return reading === 'clock.automatic'
    ? observe('clock-not-automatic', {}, backing)
    : observe('clock-zone-wrong', { found, expected }, backing);
}

/** By what is said of the certificate. */
const clearedBy = (seen: Seen): ConditionId[] => [
  ...(onCertificates('behind', seen) === 'well' ? (['clock-behind'] as const) : []),
  ...(onCertificates('ahead', seen) === 'well' ? (['clock-ahead'] as const) : []),
];

/** The time that the reply came at, by the best clock there is. */
function trueMs(input: CheckInput): number {
  const repliedUtc = input.readings.get('clock.utc')?.atUtc ?? input.atUtc;
  return Date.parse(repliedUtc) - (input.clockReference?.offsetMs ?? 0);
}

function skew(input: CheckInput, seen: Seen, shownMs: number): Observation[] {
  const { clockFailSeconds, clockWarnSeconds } = input.model.thresholds;
  const offMs = shownMs - trueMs(input);
  const skewMs = Math.abs(offMs);
  const isReferred = input.clockReference != null;
  const isAbsurd = shownMs < earliest || shownMs < patchedMs(seen);
  const evidence = fromReadings(input, 'clock.utc');
  const limitMs = isReferred ? clockFailSeconds * 1000 : poorReferenceMs;
  if (skewMs >= limitMs || isAbsurd) {
    const side = offMs < 0 ? 'behind' : 'ahead';
    const dates = onCertificates(side, seen);
    const agreement = (isReferred || isAbsurd ? 0 : -1) + (dates === 'refused' ? 1 : 0);
    const backing = { evidence, agreement };
    if (dates === 'well') return [observe('clock-off', { skewMs }, backing)];
    return [
      side === 'behind'
        ? observe('clock-behind', { skewMs }, backing)
        : observe('clock-ahead', { skewMs }, backing),
    ];
  }
  if (!isReferred || skewMs < clockWarnSeconds * 1000) return [];
  return [observe('clock-slightly-off', { skewMs }, { evidence })];
}

/** No firmware is older than its own patches. */
function patchedMs(seen: Seen): number {
  const patched = seen.peek('firmware.securityPatch');
  const atMs = typeof patched === 'string' ? Date.parse(patched) : Number.NaN;
  return Number.isNaN(atMs) ? 0 : atMs;
}

/**
 * A late clock makes a good certificate look not yet valid, an early one expired; nothing else that
 * is said of a certificate comes from the clock. `unknown`: none was seen, or nothing more is said.
 */
function onCertificates(side: 'behind' | 'ahead', seen: Seen): 'refused' | 'well' | 'unknown' {
  const tls = seen.peek('network.tls');
  if (tls === (side === 'behind' ? 'not-yet-valid' : 'expired')) return 'refused';
  return tls === null || tls === 'failed' ? 'unknown' : 'well';
}

function fine(input: CheckInput, shown: string | null): Outcome {
  if (shown === null) return outcome('unknown', sentence('unread_no_source', {}));
  const evidence = fromReadings(input, 'clock.utc', 'clock.zone');
  const { clockReference } = input;
  if (clockReference == null) {
    return outcome('unknown', sentence('unread_clock_reference', {}), evidence);
  }
  const headline = sentence('fine_clock', { source: clockReference.source });
  return outcome('pass', headline, evidence);
}
