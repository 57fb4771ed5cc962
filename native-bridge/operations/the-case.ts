/** Which case the work belongs to: the one named, else the terminal's open one, else a new one. */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { CaseSummary } from '../contract/case.ts';
import type { Symptom } from '../contract/diagnosis.ts';
import type { Connection } from '../connections/connection.ts';
import type { Context } from './context.ts';

/** A visit ends after this long without work; what comes later is a case of its own. */
const visitMs = 12 * 60 * 60 * 1000;

/** Where the terminal is being recorded, the case says to which file. */
export async function theCase(
  context: Context,
  connection: Connection,
  caseId: string | null,
  symptom: Symptom | null = null,
): Promise<CaseSummary> {
  const found = await choose(context, connection, caseId, symptom);
  const file = context.recordings?.fileOf(connection.portUrl) ?? null;
  if (file !== null) await context.records.noteRecording(found.id, file);
  return found;
}

async function choose(
  context: Context,
  connection: Connection,
  caseId: string | null,
  symptom: Symptom | null,
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
    const ageMs = Date.now() - Date.parse(current.openedUtc);
    const sameComplaint =
      symptom === null || current.symptom === null || current.symptom === symptom;
    if (ageMs < visitMs && sameComplaint) return current;
    await context.records.closeCase(current.id);
  }
  return await context.records.openCase({
    terminalId: connection.terminalId,
    portUrl: connection.portUrl,
    profile: connection.profile.name,
    identity: connection.identity,
    merchant: connection.profile.merchant,
    symptom,
  });
}
