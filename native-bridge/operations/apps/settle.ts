/**
 * At every connection: work on an app that was cut off (the program killed, the cable pulled) is looked
 * at, what it left on the terminal is removed, and the case says what became of it. Reading a version
 * and removing our own file harm nobody, so that this asks no one.
 */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { AppResult } from '../../contract/app.ts';
import type { Unfinished } from '../../contract/terminal.ts';
import type { Connection } from '../../connections/connection.ts';
import type { JournalEntry } from '../../records/types.ts';
import { sentence } from '../../wording/index.ts';
import { ageMs } from '../age.ts';
import type { Context } from '../context.ts';
import { readInstalled } from './ask.ts';
import { removeFile } from './file-on-terminal.ts';
import { appWorkRequests, installTimeoutMs, planOf, type AppPlan } from './plan.ts';
import { isInstalled } from './verdict.ts';
import { endWork } from './work.ts';
import { versionText } from './words.ts';

/** Longer than anybody waits for it: what is said of it afterwards is said for good. */
const goesOnMs = installTimeoutMs + 5 * 60_000;

/** What is to be told of it, the newest; null: nothing. Never throws. */
export async function settleApps(
  context: Context,
  connection: Connection,
): Promise<Unfinished | null> {
  let said: Unfinished | null = null;
  try {
    const entries = await context.records.journalOf(connection.terminalId);
    for (const entry of entries.filter(({ request }) => appWorkRequests.includes(request))) {
      const plan = planOf(entry);
      if (plan !== null && entry.caseId !== null) {
        said = (await settleOne(context, connection, entry, plan, entry.caseId)) ?? said;
      }
    }
  } catch (error) {
    context.log.warn(`what was cut off of an app is not known: ${faultOf(error).code}`);
  }
  return said;
}

async function settleOne(
  context: Context,
  connection: Connection,
  entry: JournalEntry,
  plan: AppPlan,
  caseId: string,
): Promise<Unfinished | null> {
  const { packageName } = plan;
  const waits: Unfinished = {
    of: 'app',
    state: 'waiting',
    text: sentence('apps_unfinished_waits', { package: packageName }),
    correction: null,
  };
  const detail = sentence('activity_app_installing', { package: packageName });
  try {
    const hold = await connection.use('apply', 'applying', detail);
    try {
      if (await isSaid(context, caseId, plan)) {
        const isClean = plan.path === null || (await removeFile(context, connection, plan.path));
        if (isClean) await context.records.journalEnd(entry.id);
        return null;
      }
      if (!connection.connected) return waits;
      if (await maybeGoesOn(context, connection, entry, plan)) {
        return { ...waits, text: sentence('apps_unfinished_goes_on', { package: packageName }) };
      }
      const work = { context, connection, plan, caseId, journalId: entry.id };
      const timed = { startMs: performance.now(), interruptedUtc: entry.startedUtc };
      const result = await endWork(
        { ...work, ...timed },
        { output: null, fault: null, isOver: true },
      );
      return result.verdict === 'unknown' ? waits : settled(result);
    } finally {
      hold.release();
    }
  } catch (error) {
    context.log.warn(`${entry.request} that was cut off waits: ${faultOf(error).code}`);
    return waits;
  }
}

/** Android goes on without us for a while, once it was asked. */
async function maybeGoesOn(
  context: Context,
  { adb }: Connection,
  { phase, updatedUtc }: JournalEntry,
  plan: AppPlan,
): Promise<boolean> {
  if (phase !== 'install' || ageMs(context, updatedUtc) > goesOnMs) return false;
  return !isInstalled(plan, await readInstalled(adb, plan.packageName));
}

/** How it ended stands in the case: only its file was left. */
async function isSaid({ records }: Context, caseId: string, { id }: AppPlan): Promise<boolean> {
  const { events } = await records.getCase(caseId);
  return events.some((event) => {
    return event.kind === 'app' && event.app.id === id && event.app.verdict !== 'unknown';
  });
}

function settled(app: AppResult): Unfinished {
  const { action, packageName, verdict, after, state } = app;
  const facts = { package: packageName, found: versionText(after) };
  const ended =
    verdict === 'done'
      ? sentence('apps_unfinished_done', facts)
      : sentence('apps_unfinished_not', facts);
  const text = action === 'install' ? ended : state;
  return { of: 'app', state: 'settled', text, correction: null, app };
}
