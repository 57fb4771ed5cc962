/** Work on an app from its journal entry to its event in the case. */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { AppResult, InstalledApp } from '../../contract/app.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Context } from '../context.ts';
import { beginEntry } from '../journal-entry.ts';
import { readInstalled } from './ask.ts';
import { removeFile } from './file-on-terminal.ts';
import { factsOfPlan, type AppPlan } from './plan.ts';
import { judgeWork, type Seen } from './verdict.ts';

export interface AppWork {
  readonly context: Context;
  readonly connection: Connection;
  readonly plan: AppPlan;
  readonly caseId: string;
  readonly journalId: string;
  readonly startMs: number;
  /** Of work that was cut off at an earlier connection. */
  readonly interruptedUtc: string | null;
}

/** The journal first: on the disk before the terminal is touched. */
export async function beginWork(
  context: Context,
  connection: Connection,
  plan: AppPlan,
  caseId: string,
): Promise<AppWork> {
  const journalId = await beginEntry(context, {
    request: plan.action === 'install' ? 'installApp' : 'uninstallApp',
    terminalId: connection.terminalId,
    caseId,
    phase: plan.action === 'install' ? 'send' : 'uninstall',
    facts: factsOfPlan(plan),
  });
  const startMs = performance.now();
  return { context, connection, plan, caseId, journalId, startMs, interruptedUtc: null };
}

/**
 * Looks at the terminal, removes what was left on it, and says in the case what became of the work. The
 * journal keeps what the terminal could not tell, or what may be left there: the next connection
 * settles it. Throws only where the records could not take it.
 */
export async function endWork(work: AppWork, told: Omit<Seen, 'after'>): Promise<AppResult> {
  const { context, connection, plan, journalId, caseId, interruptedUtc } = work;
  const after = await installedNow(work);
  const isClean = plan.path === null || (await removeFile(context, connection, plan.path));
  const judged = judgeWork(plan, { ...told, after });
  const atUtc = new Date().toISOString();
  const { id, action, packageName, role, before, file, allowed } = plan;
  const app: AppResult = {
    ...{ id, caseId, terminalId: connection.terminalId, atUtc, action, packageName, role, before },
    ...{ after: after ?? null, file, allowed, interruptedUtc, ...judged },
    durationMs: Math.round(performance.now() - work.startMs),
  };
  await context.records.appendEvent(caseId, { kind: 'app', atUtc, app });
  if (judged.verdict !== 'unknown' && isClean) await context.records.journalEnd(journalId);
  return app;
}

async function installedNow({
  context,
  connection,
  plan,
}: AppWork): Promise<InstalledApp | null | undefined> {
  try {
    return await readInstalled(connection.adb, plan.packageName);
  } catch (error) {
    context.log.warn(`what is installed is not known: ${faultOf(error).code}`);
    return undefined;
  }
}
