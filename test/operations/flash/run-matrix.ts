/** Runs cells as tests, a test for each moment, and prints what came of them. */
import { afterAll, expect, it, vi } from 'vitest';
import { mishaps as allMishaps, moments as allMoments, type Mishap, type Moment } from './cells.ts';
import { runCell } from './matrix.ts';
import type { StageOptions } from './stage.ts';

export interface MatrixOptions {
  readonly name: string;
  readonly stage: StageOptions;
  readonly moments?: readonly Moment[];
  readonly mishaps?: readonly Mishap[];
  /** Moments that this kind of flash never has, by name, each with the reason. */
  readonly never?: Readonly<Record<string, string>>;
  /** Why the other moments and mishaps are left out; they must not be without a reason. */
  readonly leftOut?: string;
}

const falseDone = /(?:done|done-late|not-trading), \S+: the new image runs, confirmed/;
const stuckAt = /stuck at \d+ ms/;

export function runMatrix(options: MatrixOptions): void {
  const { name, stage, moments = allMoments, mishaps = allMishaps, never = {} } = options;
  vi.setConfig({ testTimeout: 120_000 });
  const counts = new Map<string, number>();
  const found: string[] = [];
  let cells = 0;
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

  it.each(moments.map((moment) => [moment.name, moment] as const))(
    `${name}: says what is so, and goes on well, whatever happens at: %s`,
    async (_name, moment) => {
      const problems: string[] = [];
      for (const mishap of mishaps) {
        const report = await runCell(moment, mishap, stage);
        cells++;
        count(report.first.replace(/[ ,({].*$/, ''));
        if (report.happened === moment.name in never) {
          problems.push(`${mishap.name}: ${report.happened ? 'happened' : 'never happened'}`);
        }
        for (const problem of report.problems) {
          problems.push(`${mishap.name}: ${report.first}: ${problem}`);
        }
      }
      found.push(...problems);
      expect(problems).toEqual([]);
    },
  );

  afterAll(() => {
    const kinds = [...counts].sort(([, a], [, b]) => b - a).map(([what, n]) => `${n} ${what}`);
    const that = (kind: RegExp) => found.filter((problem) => kind.test(problem)).length;
    const wrong = `false done ${that(falseDone)}, stuck ${that(stuckAt)}, else ${found.length}`;
    console.log(
      `Fault matrix, ${name}: ${cells} cells; ${wrong}; first runs: ${kinds.join(', ')}\n` +
        leftOutOf(options, moments.length * mishaps.length),
    );
  });
}

function leftOutOf({ leftOut, never = {} }: MatrixOptions, taken: number): string {
  const missing = allMoments.length * allMishaps.length - taken;
  if (missing > 0 && leftOut === undefined) throw new Error(`${missing} cells without a reason`);
  const lines = Object.entries(never).map(([moment, why]) => `  never comes: ${moment}: ${why}\n`);
  return [...lines, ...(missing > 0 ? [`  left out ${missing}: ${leftOut ?? ''}\n`] : [])].join('');
}
