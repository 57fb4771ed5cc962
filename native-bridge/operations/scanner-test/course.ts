/**
 * The course of one scanner test, without a terminal and without a clock of its own: which code is
 * due, what became of the others, and what else was read. A read is matched by its text, whichever
 * code is due: who holds the wrong one has shown that one.
 */
import type {
  Carrier,
  CodeRow,
  GradedCode,
  ScannerProgress,
  ScannerTest,
} from '../../contract/scanner.ts';

/** As the terminal reports it: any text. */
export interface Read {
  readonly text: string;
  readonly decodeMs: number | null;
}

export type TestAnswer = 'missed' | 'skip' | 'finish';

interface Row extends CodeRow {
  outcome: CodeRow['outcome'];
  decodeMs: number | null;
  repeats: number;
  altered: boolean;
}

export interface CourseOptions {
  readonly carrier: Carrier;
  readonly codeTimeoutMs: number;
  /** How a text that is none of the test's may be shown. */
  readonly shown: (text: string) => string;
}

/** So many easy codes unread and nothing else heard: more of them tell no more. */
const givesUpAfter = 5;
const foreignKept = 5;
/** A counter in a loop could go on for ever. */
const mostCounted = 100_000;

export class Course {
  /** Goes up with everything that changes what is shown. */
  version = 0;
  readonly #codes: readonly GradedCode[];
  readonly #options: CourseOptions;
  readonly #rows: Row[];
  readonly #foreign: { count: number; texts: string[] } = { count: 0, texts: [] };
  #ended: ScannerTest['ended'] | null = null;
  /** Of the code that is due. */
  #since: { readonly monotonicMs: number; readonly utcMs: number };

  /** `nowMs` here and below: of a clock that never jumps. */
  constructor(codes: readonly GradedCode[], options: CourseOptions, nowMs: number) {
    this.#codes = codes;
    this.#options = options;
    this.#since = { monotonicMs: nowMs, utcMs: Date.now() };
    this.#rows = codes.map(({ number }) => {
      return { number, outcome: 'waiting', decodeMs: null, repeats: 0, altered: false };
    });
  }

  get due(): GradedCode | null {
    if (this.#ended !== null) return null;
    const at = this.#rows.findIndex(({ outcome }) => outcome === 'waiting');
    return this.#codes[at] ?? null;
  }

  /** null: it goes on. */
  get ended(): ScannerTest['ended'] | null {
    return this.#ended ?? (this.due === null ? 'all-shown' : null);
  }

  get rows(): readonly CodeRow[] {
    return this.#rows.map((row) => {
      const outcome = row.outcome === 'waiting' && this.ended ? 'not-shown' : row.outcome;
      return { ...row, outcome };
    });
  }

  get foreign(): ScannerTest['foreign'] {
    return { count: this.#foreign.count, texts: [...this.#foreign.texts] };
  }

  take(read: Read, nowMs: number): void {
    const at = this.#codes.findIndex((code) => isReadOf(code, read.text));
    const row = this.#rows[at];
    const code = this.#codes[at];
    if (row === undefined || code === undefined) {
      this.#takeForeign(read.text);
      return;
    }
    if (row.outcome === 'read') {
      row.repeats = Math.min(row.repeats + 1, mostCounted);
      this.version += 1;
      return;
    }
    row.decodeMs = read.decodeMs;
    row.altered = read.text.trim() !== code.text && !isHidden(code, read.text);
    this.#settle(row, 'read', nowMs);
  }

  /** False where another code is due by now. */
  answer(number: number, answer: TestAnswer, nowMs: number): boolean {
    const { due } = this;
    const row = this.#rows.find((each) => each.number === due?.number);
    if (row === undefined || row.number !== number) return false;
    if (answer === 'finish') {
      this.#ended = 'finished';
      this.version += 1;
    } else this.#settle(row, answer === 'skip' ? 'skipped' : 'missed', nowMs);
    return true;
  }

  /** Nothing was read of the code that is due until now. */
  passTime(nowMs: number): void {
    const { due } = this;
    const row = this.#rows.find((each) => each.number === due?.number);
    if (row === undefined) return;
    if (nowMs - this.#since.monotonicMs >= this.#options.codeTimeoutMs) {
      this.#settle(row, 'missed', nowMs);
    }
  }

  view(): ScannerProgress {
    const { due } = this;
    const { carrier, codeTimeoutMs } = this.#options;
    const utc = (ms: number): string => new Date(ms).toISOString();
    const { utcMs } = this.#since;
    return {
      due: due && {
        number: due.number,
        sinceUtc: utc(utcMs),
        untilUtc: utc(utcMs + codeTimeoutMs),
      },
      of: this.#codes.length,
      carrier,
      rows: [...this.rows],
      foreign: this.foreign,
    };
  }

  #settle(row: Row, outcome: CodeRow['outcome'], nowMs: number): void {
    const wasDue = row.number === this.due?.number;
    row.outcome = outcome;
    this.version += 1;
    if (wasDue) this.#since = { monotonicMs: nowMs, utcMs: Date.now() };
    if (outcome === 'missed' && this.#isHopeless()) this.#ended = 'nothing-read';
  }

  #isHopeless(): boolean {
    const count = (which: CodeRow['outcome']): number =>
      this.#rows.filter(({ outcome }) => outcome === which).length;
    return count('missed') >= givesUpAfter && count('read') + this.#foreign.count === 0;
  }

  #takeForeign(text: string): void {
    this.#foreign.count = Math.min(this.#foreign.count + 1, mostCounted);
    this.#foreign.texts.push(this.#options.shown(text));
    if (this.#foreign.texts.length > foreignKept) this.#foreign.texts.shift();
    this.version += 1;
  }
}

const isReadOf = (code: GradedCode, read: string): boolean =>
  plain(read).includes(plain(code.text)) || isHidden(code, read);

/**
 * Shown as terminals show payers' codes: the first characters as they are, stars for others. Only of
 * codes that are formed like those: they are of different lengths, which the neutral ones are not.
 */
function isHidden({ form, text }: GradedCode, read: string): boolean {
  const shown = read.trim();
  return (
    form !== null &&
    shown.length === text.length &&
    shown.includes('*') &&
    shown.startsWith(text.slice(0, 2)) &&
    Array.from(shown).every((character, at) => character === '*' || character === text.charAt(at))
  );
}

/** A scanner that types may do so with another case and other blanks. */
function plain(text: string): string {
  return text.normalize('NFKC').toUpperCase().replaceAll(/\s+/gu, ' ');
}
