/**
 * What an open entry of the journal says: its beginning and its phases folded together. One that a
 * later version of the program wrote, or that can't be read, is listed as that and without facts:
 * nobody acts on what it does not understand, and nothing of it is lost.
 */
import type { Selectable } from 'kysely';
import { factsSchema, type Facts } from '../../contract/common.ts';
import type { Tables } from '../schema.ts';
import type { JournalEntry } from '../types.ts';

/** Of the entries that this version writes; a later one is left alone. */
export const journalFormat = 1;

type Begun = Selectable<Tables['journal']>;
type Step = Selectable<Tables['journal_steps']>;

/** `steps`: of this entry, by `seq`. */
export function foldEntry(begun: Begun, steps: readonly Step[]): JournalEntry {
  const facts = foldFacts([begun.facts, ...steps.map((step) => step.facts)]);
  const state = isNewer(begun, steps) ? 'newer' : facts === null ? 'damaged' : 'good';
  const last = steps.at(-1);
  return {
    id: begun.id,
    request: begun.request,
    terminalId: begun.terminal_id,
    caseId: begun.case_id,
    phase: last ? last.phase : begun.phase,
    facts: state === 'good' && facts !== null ? facts : {},
    startedUtc: begun.started_utc,
    updatedUtc: last?.at_utc ?? begun.updated_utc,
    pid: begun.pid,
    program: begun.program,
    state,
  };
}

function isNewer({ format }: Begun, steps: readonly Step[]): boolean {
  return format > journalFormat || steps.some(({ kind }) => kind !== 'phase' && kind !== 'end');
}

function foldFacts(texts: readonly string[]): Facts | null {
  const all: Facts = {};
  for (const text of texts) {
    const facts = factsSchema.safeParse(parseJson(text));
    if (!facts.success) return null;
    Object.assign(all, facts.data);
  }
  return all;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
