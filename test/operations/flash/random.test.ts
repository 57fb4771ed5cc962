/**
 * Random sequences of up to 40 events over one bench. Whatever happens, in whatever order: nothing
 * is said that is not so, nothing waits for ever, and once all is put right a last flash ends well
 * with the settings as they were. Sequences that failed once are kept in failed-sequences.json and
 * run first. FLASH_SEED chooses others, FLASH_RUNS how many.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { events, Run, type Event } from './events.ts';
import { Stage } from './stage.ts';

const file = fileURLToPath(new URL('failed-sequences.json', import.meta.url));
const failedBefore = JSON.parse(readFileSync(file, 'utf8')) as Event[][];
const seed = Number(process.env['FLASH_SEED'] ?? 20_261_123);
const numRuns = Number(process.env['FLASH_RUNS'] ?? (process.env['CI'] ? 2_000 : 250));

const counts = new Map<string, number>();

/** What went wrong, with what led to it; empty: nothing. */
async function problemsOf(sequence: readonly Event[]): Promise<string[]> {
  const stage = await Stage.open({ profile: 'lean-flash' });
  const run = new Run(stage);
  try {
    await stage.connect();
    for (const event of sequence) {
      await run.take(event);
      if (run.problems.length > 0) break;
    }
    if (run.problems.length === 0) await run.end();
  } finally {
    await stage.end();
  }
  for (const [said] of run.log.flatMap((line) => [/^ {2}(?:settled )?[a-z-]+/.exec(line) ?? []])) {
    if (said) counts.set(said.trim(), (counts.get(said.trim()) ?? 0) + 1);
  }
  return run.problems.length > 0 ? [...run.problems, ...run.log] : [];
}

describe('any sequence of flashes and mishaps', () => {
  it(`is told truly and ends well, ${numRuns} times`, { timeout: 60 * 60_000 }, async () => {
    const property = fc.asyncProperty(events, async (sequence) => {
      const problems = await problemsOf(sequence);
      if (problems.length === 0) return;
      keep(sequence);
      expect(problems).toEqual([]);
    });
    const examples = failedBefore.map((sequence): [readonly Event[]] => [sequence]);
    await fc.assert(property, { seed, numRuns, examples, endOnFailure: true });
    const said = [...counts].sort(([, a], [, b]) => b - a).map(([what, n]) => `${n} ${what}`);
    console.log(`Random sequences: ${numRuns} from seed ${seed}; ${said.join(', ')}`);
  });
});

/** For the next time, and for whoever repairs it. */
function keep(sequence: readonly Event[]): void {
  const text = JSON.stringify(sequence);
  if (failedBefore.some((known) => JSON.stringify(known) === text)) return;
  const lines = [...failedBefore, sequence].map((each) => `  ${JSON.stringify(each)}`);
  writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
}
