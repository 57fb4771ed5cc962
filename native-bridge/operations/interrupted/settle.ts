/**
 * A correction that was cut off (the program killed, the cable pulled) and what becomes of it at the
 * next connection. The settings are read: all as wanted and written to the end, it is made to last
 * and was complete; else it is undone. What somebody changed since is not touched, and neither is a
 * terminal that is only assumed to be the same: there it waits for a person.
 *
 * The caller has the terminal's lock and its line, so nobody else works on it.
 */
import { randomUUID } from 'node:crypto';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Sentence } from '../../contract/common.ts';
import type { Correction } from '../../contract/correction.ts';
import type { Connection } from '../../connections/connection.ts';
import type { JournalEntry } from '../../records/types.ts';
import type { TerminalSession } from '../../connections/terminal-session.ts';
import { sentence } from '../../wording/index.ts';
import { changeOf } from '../correction-change.ts';
import type { Context } from '../context.ts';
import { sameValue, shownText } from '../setting-value.ts';
import { checkDoor, keepSettings, readSetting, writeSetting } from '../setting-places/index.ts';
import type { Value } from '../setting-value.ts';
import { phases, planOf, reenterKeys, undoneBy, type PlannedChange } from './apply-plan.ts';

export interface Settled {
  readonly correction: Correction;
  readonly text: Sentence;
}

/** A change, and what the terminal holds now; undefined for a secret. */
interface Now {
  readonly change: PlannedChange;
  readonly value: Value | undefined;
}

export interface How {
  /** False: completes what is all there; true: always back to the values before. */
  readonly undo: boolean;
  /** Also what somebody changed since. */
  readonly overwrite: boolean;
}

/**
 * Throws `setting-changed-since`, `nothing-to-undo` (values before are not known) and `door-unfit` before
 * anything is written, and what the line throws; then the journal still has it.
 */
export async function settle(
  context: Context,
  connection: Connection,
  entry: JournalEntry,
  { undo, overwrite }: How,
): Promise<Settled> {
  const plan = planOf(entry);
  if (plan === null || entry.caseId === null) throw new BridgeFault('nothing-to-undo');
  const { session } = connection;
  const now = await readAll(session, plan);
  if (!overwrite) refuseChanged(now);
  const complete = !undo && isComplete(now, entry);
  const after = complete ? now : await putBack(session, now);
  await keepSettings(session);
  const settled = settledOf(connection, entry, after, complete);
  await context.records.endCorrection({
    correction: settled.correction,
    keep: settled.correction.outcome !== 'reverted',
    undoes: complete ? undoneBy(entry) : makesUpFor(entry),
    journalId: entry.id,
  });
  return settled;
}

async function readAll(session: TerminalSession, plan: readonly PlannedChange[]): Promise<Now[]> {
  const now: Now[] = [];
  for (const change of plan) {
    checkDoor(session, change);
    now.push({ change, value: change.secret ? undefined : await readSetting(session, change) });
  }
  return now;
}

function refuseChanged(now: readonly Now[]): void {
  for (const { change, value } of now) {
    if (value === undefined) continue;
    if (sameValue(value, change.before) || sameValue(value, change.after)) continue;
    throw changedSince(change.key, change.after, value);
  }
}

export function changedSince(key: string, expected: Value, found: Value): BridgeFault {
  const text = (value: Value): string => (shownText(value) ?? '—').slice(0, 80);
  const facts = { key, expected: text(expected), found: text(found) };
  return new BridgeFault('setting-changed-since', facts);
}

/** Secrets can't be read: whether they were written is known only from the journal. */
function isComplete(now: readonly Now[], { phase }: JournalEntry): boolean {
  const open = now.filter(({ change }) => !change.secret);
  if (open.length < now.length && phase !== phases.written) return false;
  return open.every(({ change, value }) => value !== undefined && sameValue(value, change.after));
}

/** Newest first, as an undo does; a value that is there already is not written. */
async function putBack(session: TerminalSession, now: readonly Now[]): Promise<Now[]> {
  const after: Now[] = [];
  for (const { change, value } of now.toReversed()) {
    if (value === undefined || sameValue(value, change.before)) {
      after.unshift({ change, value });
      continue;
    }
    await writeSetting(session, change, change.before);
    after.unshift({ change, value: await readSetting(session, change) });
  }
  return after;
}

function settledOf(
  { terminalId }: Connection,
  entry: JournalEntry,
  after: readonly Now[],
  complete: boolean,
): Settled {
  const isBack = after.every(
    ({ change, value }) => value !== undefined && sameValue(value, change.before),
  );
  const done = undoneBy(entry) === null ? 'applied' : 'undone';
  const outcome = complete ? done : isBack ? 'reverted' : 'partly-applied';
  const correction: Correction = {
    id: randomUUID(),
    caseId: entry.caseId ?? '',
    terminalId,
    atUtc: new Date().toISOString(),
    outcome,
    changes: after.map(({ change, value = null }) => {
      const { key, secret, before, after: wanted } = change;
      return changeOf({ key, secret, before, after: wanted, readBack: value, verified: complete });
    }),
    restartNeeded: outcome !== 'reverted' && after.some(({ change }) => change.restartNeeded),
    interruptedUtc: entry.startedUtc,
  };
  return { correction, text: textOf(correction, after) };
}

function textOf({ outcome }: Correction, after: readonly Now[]): Sentence {
  if (outcome === 'applied' || outcome === 'undone') return sentence('unfinished_complete', {});
  if (outcome === 'reverted') return sentence('unfinished_undone', {});
  const open = after.filter(({ change }) => !change.secret);
  const isBack = open.every(
    ({ change, value }) => value !== undefined && sameValue(value, change.before),
  );
  const keys = reenterKeys(after.map(({ change }) => change));
  return isBack && keys.length > 0
    ? sentence('unfinished_reenter', { keys })
    : sentence('unfinished_partly', {});
}

/** The correction that was kept when the cable went, and is now settled. */
function makesUpFor({ facts }: JournalEntry): string | null {
  const { correction } = facts;
  return typeof correction === 'string' ? correction : null;
}
