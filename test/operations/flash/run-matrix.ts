/** Runs cells as tests, a test for each moment, and prints what came of them. */
import { afterAll, expect, it, vi } from 'vitest';
import type { Mishap, Moment } from './cells.ts';
import { runCell } from './matrix.ts';
import type { StageOptions } from './stage.ts';

export interface MatrixOptions {
  readonly name: string;
  readonly stage: StageOptions;
  readonly moments: readonly Moment[];
  readonly mishaps: readonly Mishap[];
  /** Moments that this kind of flash never has, by name, each with the reason. */
  readonly never?: Readonly<Record<string, string>>;
}

export function runMatrix({ name, stage, moments, mishaps, never = {} }: MatrixOptions): void {
  vi.setConfig({ testTimeout: 120_000 });
  const counts = new Map<string, number>();
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
      expect(problems).toEqual([]);
    },
  );

  afterAll(() => {
    const kinds = [...counts].sort(([, a], [, b]) => b - a).map(([what, n]) => `${n} ${what}`);
    console.log(`Fault matrix, ${name}: ${cells} cells; first runs: ${kinds.join(', ')}`);
    for (const [moment, why] of Object.entries(never)) console.log(`  never: ${moment}: ${why}`);
  });
}
