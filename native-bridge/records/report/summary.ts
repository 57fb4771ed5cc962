/**
 * A case told from its end: what was found first, what was done, what is true now, who acts next.
 * Without words; both forms of the report are made from it.
 */
import type { CaseEvent, CaseRecord } from '../../contract/case.ts';
import type { CaseOutcome } from '../../contract/case-look.ts';
import type { CheckId, Diagnosis, Finding, Support, Verdict } from '../../contract/diagnosis.ts';
import type { FlashResult } from '../../contract/firmware.ts';
import type { ImageInspection } from '../../contract/image.ts';
import type { OperatingCard } from '../../contract/operating-card.ts';
import type { Reading } from '../../contract/reading.ts';
import type { ScannerTest } from '../../contract/scanner.ts';
import { nextSteps, type NextStep } from './next-steps.ts';

export interface Flash {
  readonly atUtc: string;
  readonly result: FlashResult;
  /** The image as it was inspected before. */
  readonly image: ImageInspection | null;
  /** A verdict on the same flash was given before. */
  readonly replaces: boolean;
}

export interface Change {
  readonly check: CheckId;
  readonly from: Verdict;
  readonly to: Verdict;
}

type EventOf<Kind extends CaseEvent['kind']> = Extract<CaseEvent, { kind: Kind }>;

export interface Summary {
  readonly record: CaseRecord;
  readonly outcome: CaseOutcome;
  /** The newest verdict on a flash: proven, but what it names comes before money moves. */
  readonly notTradingYet: boolean;
  readonly first: Diagnosis | null;
  readonly last: Diagnosis | null;
  readonly diagnoses: readonly Diagnosis[];
  /** The one that names the cause told here. */
  readonly telling: Diagnosis | null;
  /** The cause that is there now, else the one that the first diagnosis to name one named. */
  readonly cause: Finding | null;
  readonly furtherCauses: readonly Finding[];
  /** Whom to turn to about the cause, as the diagnosis that named it says. */
  readonly support: Support | null;
  readonly cards: readonly OperatingCard[];
  readonly changes: readonly Change[];
  readonly corrections: readonly EventOf<'correction'>[];
  readonly flashes: readonly Flash[];
  readonly apps: readonly EventOf<'app'>[];
  readonly scannerTests: readonly ScannerTest[];
  readonly notes: readonly EventOf<'note'>[];
  /** What people showed and said, in the order it came. */
  readonly collected: readonly EventOf<'evidence'>[];
  /** The acquirer's number. */
  readonly ticket: string | null;
  /** Names of the files, without their folders. */
  readonly recordings: string[];
  readonly readings: readonly Reading[];
  readonly next: readonly NextStep[];
}

export function summarize(record: CaseRecord): Summary {
  const of = <Kind extends CaseEvent['kind']>(kind: Kind): EventOf<Kind>[] =>
    record.events.filter((event): event is EventOf<Kind> => event.kind === kind);
  const diagnoses = of('diagnosis').map((event) => event.diagnosis);
  const first = diagnoses[0] ?? null;
  const last = diagnoses.at(-1) ?? null;
  const named = diagnoses.find((diagnosis) => diagnosis.cause !== null) ?? null;
  const telling = last !== null && last.cause !== null ? last : named;
  const flashes = flashesOf(record.events);
  const lastFlash = flashes.at(-1) ?? null;
  const outcome = outcomeOf(diagnoses, named);
  const isResolved = outcome === 'resolved';
  return {
    record,
    outcome,
    notTradingYet: lastFlash?.result.verdict === 'not-trading',
    first,
    last,
    diagnoses,
    telling,
    cause: telling?.findings.find((f) => f.role === 'cause') ?? null,
    furtherCauses: telling?.findings.filter((f) => f.role === 'further-cause') ?? [],
    support: telling?.support ?? null,
    cards: telling?.cards ?? [],
    changes: changesBetween(first, last),
    corrections: of('correction'),
    flashes,
    apps: of('app'),
    scannerTests: of('scanner-test').map(({ test }) => test),
    notes: of('note'),
    collected: of('evidence'),
    ticket: of('ticket').at(-1)?.number ?? null,
    recordings: of('recording').map(({ file }) => fileName(file)),
    readings: newest(of('readings').flatMap((event) => event.readings)),
    next: nextSteps({ last, isResolved, flash: lastFlash?.result ?? null, events: record.events }),
  };
}

function outcomeOf(diagnoses: readonly Diagnosis[], named: Diagnosis | null): CaseOutcome {
  const last = diagnoses.at(-1);
  if (last === undefined) return 'not-diagnosed';
  if (named === null) return 'no-cause';
  if (named === last) return 'found';
  const now = last.findings.find((finding) => finding.check === named.cause)?.verdict;
  const gone = now === 'pass' || now === 'warn' || now === 'not-applicable';
  if (last.cause !== null) return gone ? 'another' : 'open';
  if (now === 'fail') return 'open';
  return gone ? 'resolved' : 'unproven';
}

function flashesOf(events: readonly CaseEvent[]): Flash[] {
  let image: ImageInspection | null = null;
  let said = false;
  const flashes: Flash[] = [];
  for (const event of events) {
    if (event.kind === 'image') {
      image = event.image;
      said = false;
    }
    if (event.kind !== 'flash') continue;
    const { atUtc, flash: result } = event;
    flashes.push({ atUtc, result, image, replaces: result.corrects && said });
    said = true;
  }
  return flashes;
}

function changesBetween(first: Diagnosis | null, last: Diagnosis | null): Change[] {
  if (first === null || last === null || first === last) return [];
  return first.findings.flatMap(({ check, verdict: from }) => {
    const to = last.findings.find((f) => f.check === check)?.verdict;
    return to === undefined || to === from ? [] : [{ check, from, to }];
  });
}

/** Of whichever system wrote it. */
function fileName(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path;
}

/** The newest of each name, in the order they were first read. */
function newest(readings: readonly Reading[]): Reading[] {
  return [...new Map(readings.map((reading) => [reading.name, reading])).values()];
}
