/**
 * At every connection: what was cut off on this terminal is settled, or said to wait and why. A
 * terminal whose settling fails is connected all the same.
 */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Sentence } from '../../contract/common.ts';
import type { Fault } from '../../contract/fault.ts';
import type { Unfinished } from '../../contract/terminal.ts';
import type { Connection } from '../../connections/connection.ts';
import type { JournalEntry } from '../../records/types.ts';
import { sentence } from '../../wording/index.ts';
import { settleApps } from '../apps/settle.ts';
import type { Context } from '../context.ts';
import { applyRequests, planOf } from './apply-plan.ts';
import { settle } from './settle.ts';

/** Oldest first. The caller has the terminal's lock. */
export async function openApplies(context: Context, terminalId: string): Promise<JournalEntry[]> {
  const entries = await context.records.journalOf(terminalId);
  return entries.filter(({ request }) => applyRequests.includes(request));
}

/** The connection says then what was settled or waits, the newest of it. Never throws. */
export async function settleAtConnect(context: Context, connection: Connection): Promise<void> {
  let said: Unfinished | null = null;
  try {
    const entries = await openApplies(context, connection.terminalId);
    // The newest first: each lies over the one before it.
    for (const entry of entries.toReversed()) {
      said = await settleOne(context, connection, entry);
      if (said.state === 'waiting') break;
    }
  } catch (error) {
    context.log.warn(`what was cut off is not known: ${faultOf(error).code}`);
  }
  const ofApps = await settleApps(context, connection);
  connection.remark({ unfinished: said ?? ofApps });
}

async function settleOne(
  context: Context,
  connection: Connection,
  entry: JournalEntry,
): Promise<Unfinished> {
  const plan = planOf(entry);
  if (plan === null) return waiting(entry, sentence('unfinished_waits_unknown', {}));
  if (connection.identity.basis === 'assumed') {
    return waiting(entry, sentence('unfinished_waits_assumed', {}));
  }
  const detail = { key: 'activity_applying', facts: {} };
  try {
    const hold = await connection.use('apply', 'applying', detail);
    try {
      const how = { undo: false, overwrite: false };
      const { correction, text } = await settle(context, connection, entry, how);
      return { of: 'settings', state: 'settled', text, correction };
    } finally {
      hold.release();
    }
  } catch (error) {
    const fault = faultOf(error);
    context.log.warn(`${entry.request} that was cut off waits: ${fault.code}`, fault.trace);
    return waiting(entry, whyItWaits(fault));
  }
}

function waiting({ id }: JournalEntry, text: Sentence): Unfinished {
  return { of: 'settings', state: 'waiting', text, correction: null, interruptedId: id };
}

function whyItWaits({ code, facts }: Fault): Sentence {
  const { key } = facts;
  if (code === 'setting-changed-since' && typeof key === 'string') {
    return sentence('unfinished_waits_changed', { key });
  }
  return sentence('unfinished_waits_failed', {});
}
