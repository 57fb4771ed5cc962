/**
 * What came of a scanner test: a verdict for each band, one for the whole, and what it means. Codes
 * of one band differ from a plain one in one thing, so the bands that are missed tell the part: grease
 * takes contrast and spoils what is damaged already, a dead light takes contrast of paper alone, an
 * engine that corrects no errors misses every damaged code and nothing else. [T]
 */
import type { Sentence } from '../../contract/common.ts';
import {
  scannerBands,
  type BandResult,
  type Carrier,
  type ScannerBand,
  type ScannerTest,
  type ScannerVerdict,
} from '../../contract/scanner.ts';
import { sentence } from '../../wording/index.ts';

export interface Outcomes {
  readonly codes: ScannerTest['codes'];
  readonly carrier: Carrier;
  readonly slowMs: number;
  readonly foreignCount: number;
  /** The profile has a setting that switches the reading of inverted codes. */
  readonly hasInverseSetting: boolean;
}

export type Judgement = Pick<ScannerTest, 'bands' | 'medianMs' | 'slowestMs' | 'verdict' | 'means'>;

export function judge(outcomes: Outcomes): Judgement {
  const { codes } = outcomes;
  const times = timesOf(codes);
  const medianMs = median(times);
  const verdict = verdictOf(outcomes, medianMs);
  return {
    bands: scannerBands.map((band) => bandOf(band, codes)),
    medianMs,
    slowestMs: times.length === 0 ? null : Math.max(...times),
    verdict,
    means: [...headlines(outcomes, verdict, medianMs), ...notes(outcomes)],
  };
}

type Codes = Outcomes['codes'];

const count = (codes: Codes, outcome: Codes[number]['outcome']): number =>
  codes.filter((code) => code.outcome === outcome).length;

const timesOf = (codes: Codes): number[] => codes.flatMap(({ decodeMs }) => decodeMs ?? []);

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

function bandOf(band: ScannerBand, all: Codes): BandResult {
  const codes = all.filter((code) => code.band === band);
  const read = count(codes, 'read');
  const missed = count(codes, 'missed');
  const unjudged = codes.length - read - missed;
  return {
    band,
    verdict: bandVerdict(read, missed),
    read,
    missed,
    unjudged,
    medianMs: median(timesOf(codes)),
  };
}

function bandVerdict(read: number, missed: number): BandResult['verdict'] {
  if (read + missed === 0) return 'unknown';
  if (missed === 0) return 'pass';
  return read === 0 ? 'fail' : 'warn';
}

function verdictOf({ codes, slowMs }: Outcomes, medianMs: number | null): ScannerVerdict {
  const missed = count(codes, 'missed');
  if (count(codes, 'read') === 0) return missed === 0 ? 'unknown' : 'reads-nothing';
  if (medianMs !== null && medianMs > slowMs) return 'slow';
  return missed === 0 ? 'good' : 'misses';
}

function headlines(
  outcomes: Outcomes,
  verdict: ScannerVerdict,
  medianMs: number | null,
): Sentence[] {
  const { codes, foreignCount, slowMs } = outcomes;
  switch (verdict) {
    case 'unknown':
      return [sentence('scanner_means_unknown', {})];
    case 'reads-nothing':
      return foreignCount > 0
        ? [sentence('scanner_means_only_foreign', { count: foreignCount })]
        : [sentence('scanner_means_nothing', {})];
    case 'good':
      return [sentence('scanner_means_good', { count: count(codes, 'read') })];
    case 'slow':
      return [
        sentence('scanner_means_slow', { medianMs: medianMs ?? 0, slowMs }),
        ...causes(outcomes),
      ];
    case 'misses':
      return causes(outcomes);
  }
}

/** What each band that is missed stands for; those that have one cause together are one. */
function causes({ codes, carrier, hasInverseSetting }: Outcomes): Sentence[] {
  const lost = (band: ScannerBand): 'none' | 'some' | 'all' => {
    const { verdict } = bandOf(band, codes);
    if (verdict === 'fail') return 'all';
    return verdict === 'warn' ? 'some' : 'none';
  };
  const found: Sentence[] = [];
  if (lost('level') !== 'none') found.push(sentence('scanner_means_unsteady', {}));
  found.push(...printCauses(lost('contrast'), lost('damage'), carrier));
  if (lost('size') !== 'none') found.push(sizeCause(codes));
  if (lost('rotation') !== 'none') found.push(sentence('scanner_means_upright_only', {}));
  if (lost('inverted') !== 'none') {
    found.push(
      hasInverseSetting
        ? sentence('scanner_means_inverted_setting', {})
        : sentence('scanner_means_inverted', {}),
    );
  }
  if (lost('form') !== 'none') found.push(formCause(codes));
  return found;
}

type Lost = 'none' | 'some' | 'all';

function printCauses(contrast: Lost, damage: Lost, carrier: Carrier): Sentence[] {
  if (contrast !== 'none' && damage !== 'none') return [sentence('scanner_means_dirty', {})];
  if (contrast === 'all' && carrier === 'paper') return [sentence('scanner_means_no_light', {})];
  if (contrast !== 'none') return [sentence('scanner_means_faint', {})];
  if (damage === 'all') return [sentence('scanner_means_corrects_nothing', {})];
  return damage === 'none' ? [] : [sentence('scanner_means_damaged_some', {})];
}

const plainMm = 25;

function sizeCause(codes: Codes): Sentence {
  const missed = codes.filter(({ band, outcome }) => band === 'size' && outcome === 'missed');
  return missed.every(({ sizeMm }) => sizeMm > plainMm)
    ? sentence('scanner_means_large', {})
    : sentence('scanner_means_small', {});
}

/** Where all that was missed is longer than all that was read, it is the length. */
function formCause(codes: Codes): Sentence {
  const lengths = (which: Codes[number]['outcome']): number[] =>
    codes
      .filter(({ outcome, form }) => outcome === which && (which === 'read' || form !== null))
      .map(({ text }) => text.length);
  const longestRead = Math.max(0, ...lengths('read'));
  const shortestMissed = Math.min(...lengths('missed'));
  return shortestMissed > longestRead
    ? sentence('scanner_means_length', { longestRead })
    : sentence('scanner_means_form', {});
}

function notes({ codes, carrier, foreignCount }: Outcomes): Sentence[] {
  const found: Sentence[] = [];
  const read = count(codes, 'read');
  const altered = codes.filter((code) => code.altered).length;
  if (altered > 0) found.push(sentence('scanner_means_altered', { count: altered }));
  if (foreignCount > 0 && read > 0) {
    found.push(sentence('scanner_means_foreign', { count: foreignCount }));
  }
  const untested = count(codes, 'skipped') + count(codes, 'not-shown');
  if (untested > 0 && untested < codes.length) {
    found.push(sentence('scanner_means_untested', { count: untested }));
  }
  if (carrier === 'screen' && read > 0) found.push(sentence('scanner_means_screen_only', {}));
  return found;
}
