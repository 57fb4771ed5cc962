/** What an earlier run left unfinished, and taking a correction among it for settled as it is. */
import { randomUUID } from 'node:crypto';
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { Sentence } from '../../contract/common.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { JournalEntry } from '../../records/types.ts';
import { sentence } from '../../wording/index.ts';
import { ageMs } from '../age.ts';
import { appWorkRequests } from '../apps/plan.ts';
import { changeOf } from '../correction-change.ts';
import type { Context } from '../context.ts';
import { readEntry } from '../flash/entry.ts';
import { applyRequests, planOf } from './apply-plan.ts';

const unread = ['interrupted_newer', 'interrupted_damaged'];

/** Entries of the journal whose owner is gone. */
export async function listInterrupted(context: Context): Promise<Result<'listInterrupted'>> {
  const entries = await context.records.listInterrupted();
  const interrupted = entries.map((entry) => {
    const { id, caseId, terminalId, request, startedUtc, updatedUtc } = entry;
    // Their ages count from here, whatever the clock is set to before they are settled.
    for (const utc of [startedUtc, updatedUtc]) ageMs(context, utc);
    const next = nextOf(entry);
    // Of what can't be understood no step is claimed either.
    const phase = next === null || !unread.includes(next.key) ? entry.phase : null;
    const known = { id, caseId, terminalId, request, startedUtc, phase };
    return next === null ? known : { ...known, next };
  });
  return { interrupted };
}

function nextOf(entry: JournalEntry): Sentence | null {
  if (entry.state === 'newer') return sentence('interrupted_newer', {});
  if (entry.state === 'damaged') return sentence('interrupted_damaged', {});
  if (entry.request === 'flash') return nextOfFlash(entry);
  if (appWorkRequests.includes(entry.request)) return sentence('apps_next_connect', {});
  if (!applyRequests.includes(entry.request)) return null;
  if (planOf(entry) === null) return sentence('unfinished_waits_unknown', {});
  return entry.facts['assumed'] === true
    ? sentence('unfinished_next_ask', {})
    : sentence('unfinished_next_connect', {});
}

/** One that can be read needs nothing but its terminal. */
function nextOfFlash(entry: JournalEntry): Sentence | null {
  try {
    readEntry(entry);
    return null;
  } catch (error) {
    const newer = faultOf(error).code === 'journal-newer';
    return newer ? sentence('interrupted_newer', {}) : sentence('interrupted_damaged', {});
  }
}

export async function leaveInterrupted(
  context: Context,
  { interruptedId }: Params<'leaveInterrupted'>,
): Promise<Result<'leaveInterrupted'>> {
  const entries = await context.records.listInterrupted();
  const entry = entries.find(({ id }) => id === interruptedId);
  if (!entry || !applyRequests.includes(entry.request)) {
    throw new BridgeFault('bad-request', { path: 'interruptedId', expected: 'interrupted apply' });
  }
  if (entry.state === 'newer') throw new BridgeFault('journal-newer', { entry: entry.id });
  const { caseId, terminalId, id: journalId } = entry;
  if (caseId === null || terminalId === null) {
    throw new BridgeFault('bad-request', { path: 'interruptedId', expected: 'apply in a case' });
  }
  const correction = {
    id: randomUUID(),
    caseId,
    terminalId,
    atUtc: new Date().toISOString(),
    outcome: 'partly-applied' as const,
    changes: (planOf(entry) ?? []).map(({ key, secret, before, after }) =>
      changeOf({ key, secret, before, after, readBack: null, verified: false }),
    ),
    restartNeeded: false,
    interruptedUtc: entry.startedUtc,
  };
  await context.records.endCorrection({ correction, keep: true, undoes: null, journalId });
  const connection = context.connections.find(terminalId);
  if (connection) connection.remark({ unfinished: null });
  return correction;
}
