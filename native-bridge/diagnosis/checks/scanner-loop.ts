/**
 * What the scanner's loop test says to the check. Only codes held before a scanner show grease, an
 * engine that corrects no errors, a light that is dead: the self-test is well with all of them. The
 * newest test counts; a screen is lit by itself, so what an earlier test on paper said of the
 * light still stands after one on a screen.
 */
import type { Evidence } from '../../contract/diagnosis.ts';
import type { ScannerTest } from '../../contract/scanner.ts';
import {
  perLocale,
  scannerEvidence,
  sentence,
  words,
  type PerLocale,
} from '../../wording/index.ts';
import { observe, type Observation } from '../check.ts';
import type { CheckInput } from '../input.ts';
import type { ConditionId } from '../rules/index.ts';

/** null: none that was judged since the terminal was last changed. */
export const newestLoop = ({ scannerTests = [] }: CheckInput): ScannerTest | null =>
  scannerTests.find(({ verdict }) => verdict !== 'unknown') ?? null;

/** Each with the observations of the readings that say the same in another way: they become one. */
const alike: Partial<Record<ConditionId, readonly ConditionId[]>> = {
  'scanner-reads-nothing': ['scanner-dead', 'scanner-failed'],
  'scanner-light': ['scanner-failed', 'scanner-dead'],
  'scanner-inverted': ['scanner-setting'],
  'scanner-slow': ['scanner-slow'],
};

/** What was read, and beside it or under it what the test found. */
export function withLoop(read: readonly Observation[], input: CheckInput): Observation[] {
  const all = [...read];
  for (const found of foundByLoop(input)) {
    const at = all.findIndex((one) => isAlike(one, found));
    const same = all[at];
    if (same === undefined) all.push(found);
    else {
      const evidence = [...same.evidence, ...found.evidence];
      all[at] = { ...same, evidence, agreement: same.agreement + 1 };
    }
  }
  return all;
}

function isAlike(one: Observation, found: Observation): boolean {
  if (!(alike[found.condition] ?? []).includes(one.condition)) return false;
  return one.condition !== 'scanner-setting' || one.settings.includes('scanner.inverse');
}

function foundByLoop(input: CheckInput): Observation[] {
  const newest = newestLoop(input);
  if (newest === null) return [];
  const onPaper = (input.scannerTests ?? []).find(({ carrier }) => carrier === 'paper');
  const light = newest.carrier === 'screen' && onPaper ? foundIn(onPaper, input) : [];
  return [
    ...foundIn(newest, input),
    ...light.filter(({ condition }) => condition === 'scanner-light'),
  ];
}

function foundIn(test: ScannerTest, input: CheckInput): Observation[] {
  const facts = { bands: missedBands(test), ageMs: ageMsOf(test, input) };
  const backing = { evidence: [loopEvidence(test)] };
  const found = new Map<ConditionId, Observation>();
  for (const { key } of test.means) {
    const one = meant(key, test, facts, backing);
    if (one !== null && !found.has(one.condition)) found.set(one.condition, one);
  }
  return [...found.values()];
}

interface LoopFacts {
  readonly bands: PerLocale;
  readonly ageMs: number;
}

/** What one sentence of the test's result is to the diagnosis; null: nothing is wrong by it. */
function meant(
  key: string,
  { medianMs, slowMs, foreign }: ScannerTest,
  facts: LoopFacts,
  backing: { readonly evidence: Evidence[] },
): Observation | null {
  const { ageMs } = facts;
  switch (key.replace('scanner_means_', '')) {
    case 'dirty':
      return observe('scanner-window', facts, backing);
    case 'corrects_nothing':
      return observe('scanner-no-correction', facts, backing);
    case 'no_light':
      return observe('scanner-light', facts, backing);
    case 'inverted':
    case 'inverted_setting':
      return observe('scanner-inverted', { ageMs }, backing);
    case 'length':
    case 'form':
      return observe('scanner-form', facts, backing);
    case 'unsteady':
      return observe('scanner-unsteady', facts, backing);
    case 'nothing':
      return observe('scanner-reads-nothing', { ageMs }, backing);
    case 'slow':
      return observe('scanner-slow', { decodeMs: medianMs ?? slowMs }, backing);
    case 'faint':
    case 'damaged_some':
    case 'small':
    case 'large':
    case 'upright_only':
      return observe('scanner-misses-some', facts, backing);
    case 'altered':
    case 'only_foreign':
      return observe('scanner-alters', { ageMs, foreignCount: foreign.count }, backing);
    default:
      return null;
  }
}

const ofBand = ({ read, missed, unjudged }: ScannerTest['bands'][number]): number =>
  read + missed + unjudged;

/** `Contrast 2/3`: missed of all. */
const missedBands = ({ bands }: ScannerTest): PerLocale =>
  perLocale((locale) =>
    bands
      .filter(({ missed }) => missed > 0)
      .map((band) => {
        const name = words(`scanner_band_${band.band}`, {}, locale);
        return `${name} ${String(band.missed)}/${String(ofBand(band))}`;
      }),
  );

/** Bands of which no code was judged: of them the test says nothing. */
export const untestedBands = ({ bands }: ScannerTest): PerLocale | null => {
  const left = bands.filter(({ verdict }) => verdict === 'unknown');
  if (left.length === 0) return null;
  return perLocale((locale) => left.map(({ band }) => words(`scanner_band_${band}`, {}, locale)));
};

export const loopEvidence = (test: ScannerTest): Evidence => ({
  reading: null,
  ...scannerEvidence(test),
  atUtc: test.atUtc,
});

/** Whole seconds; a clock that was set back between the two makes it no less than one. */
export function ageMsOf({ atUtc }: ScannerTest, input: CheckInput): number {
  const ageSeconds = Math.round((Date.parse(input.atUtc) - Date.parse(atUtc)) / 1_000);
  return Math.max(1, ageSeconds) * 1_000;
}

/** All codes were read. */
export function wellByLoop(test: ScannerTest, input: CheckInput) {
  const facts = { count: test.bands.reduce((all, { read }) => all + read, 0) };
  const ageMs = ageMsOf(test, input);
  return test.carrier === 'paper'
    ? sentence('fine_scanner_loop', { ...facts, ageMs })
    : sentence('fine_scanner_loop_screen', { ...facts, ageMs });
}
