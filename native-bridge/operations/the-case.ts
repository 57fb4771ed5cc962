/** Which case the work belongs to: the one named, else the terminal's open one, else a new one. */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { CaseSummary } from '../contract/case.ts';
import type { Symptom } from '../contract/diagnosis.ts';
import type { Connection } from '../connections/connection.ts';
import { ageMs } from './age.ts';
import type { Context } from './context.ts';

/** A visit ends after this long without work; what comes later is a case of its own. */
const visitMs = 12 * 60 * 60 * 1000;

export const isSameVisit = (
  context: Context,
  { openedUtc }: Pick<CaseSummary, 'openedUtc'>,
): boolean => Math.abs(ageMs(context, openedUtc)) < visitMs;

/** Where the terminal is being recorded, the case says to which file. */
export async function theCase(
  context: Context,
  connection: Connection,
  caseId: string | null,
  purpose: Purpose = {},
): Promise<CaseSummary> {
  const found = await choose(context, connection, caseId, purpose);
  const file = context.recordings?.fileOf(connection.portUrl) ?? null;
  if (file !== null) await context.records.noteRecording(found.id, file);
  return found;
}

/** What the visit is for; work that goes with any of them has none. */
export interface Purpose {
  readonly symptom?: Symptom | null;
  readonly isRoutine?: boolean;
  /** The merchant's name, where no file tells it. */
  readonly shop?: string | null;
}

async function choose(
  context: Context,
  connection: Connection,
  caseId: string | null,
  purpose: Purpose,
): Promise<CaseSummary> {
  if (caseId !== null) {
    const named = await context.records.getCase(caseId);
    // Known before anything is written to a terminal that is not this case's.
    if (named.terminalId !== connection.terminalId)
      throw new BridgeFault('case-unknown', { caseId });
    return named;
  }
  const current = await context.records.currentCase(connection.terminalId);
  if (current) {
    if (isSameVisit(context, current) && serves(current, purpose)) return current;
    await context.records.closeCase(current.id);
  }
  const { symptom = null, shop = null } = purpose;
  const opened = await context.records.openCase({
    terminalId: connection.terminalId,
    portUrl: connection.portUrl,
    profile: connection.profile.name,
    identity: connection.identity,
    merchant: connection.profile.merchant ?? shop,
    symptom,
  });
  // From here on, whatever the clock is set to.
  ageMs(context, opened.openedUtc);
  return opened;
}

/** Another complaint is another case, and so is a routine visit beside a complaint. */
function serves(current: CaseSummary, { symptom = null, isRoutine = false }: Purpose): boolean {
  if (isRoutine) return current.symptom === null;
  if (symptom === null) return true;
  if (current.symptom === null) return current.nextVisitUtc === null;
  return current.symptom === symptom;
}
