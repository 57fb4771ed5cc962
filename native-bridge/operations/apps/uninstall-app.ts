/**
 * Takes an app away again: only one that was not there before this case and was installed in it, whose
 * data nobody can miss.
 */
import { randomUUID } from 'node:crypto';
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { CaseRecord } from '../../contract/case.ts';
import type { Fault } from '../../contract/fault.ts';
import type { Params, Result } from '../../contract/requests.ts';
import { parseInstallOutput, type InstallOutput } from '../../protocols/android/index.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';
import { sentence } from '../../wording/index.ts';
import type { Context } from '../context.ts';
import { proveSameTerminal } from '../same-terminal.ts';
import { theCase } from '../the-case.ts';
import { ask, readInstalled } from './ask.ts';
import { roleOf } from './profile-apps.ts';
import { beginWork, endWork } from './work.ts';

const uninstallTimeoutMs = 60_000;

export async function uninstallApp(
  context: Context,
  { terminalId, packageName, caseId: asked }: Params<'uninstallApp'>,
  signal: AbortSignal,
): Promise<Result<'uninstallApp'>> {
  const connection = context.connections.get(terminalId);
  const { id: caseId } = await theCase(context, connection, asked);
  const detail = sentence('activity_app_removing', { package: packageName });
  const hold = await connection.use('apply', 'applying', detail, signal);
  try {
    await proveSameTerminal(context, connection, signal);
    if (!isFresh(await context.records.getCase(caseId), packageName)) {
      throw new BridgeFault('app-not-fresh', { package: packageName });
    }
    const before = await readInstalled(connection.adb, packageName, signal);
    if (before === null) throw new BridgeFault('app-not-installed', { package: packageName });
    const role = roleOf(connection.profile, packageName);
    const none = { file: null, signerHashes: [], path: null, allowed: [] };
    const plan = {
      id: randomUUID(),
      action: 'uninstall' as const,
      packageName,
      role,
      before,
      ...none,
    };
    const work = await beginWork(context, connection, plan, caseId);
    const told = await askToUninstall(connection.adb, packageName, signal);
    return await endWork(work, { ...told, isOver: false });
  } finally {
    hold.release();
  }
}

function isFresh({ events }: CaseRecord, packageName: string): boolean {
  let fresh = false;
  for (const event of events) {
    if (event.kind !== 'app') continue;
    const { app } = event;
    if (app.packageName !== packageName || app.verdict !== 'done') continue;
    if (app.action === 'install' && app.before === null) fresh = true;
    if (app.action === 'uninstall') fresh = false;
  }
  return fresh;
}

async function askToUninstall(
  session: AdbSession,
  packageName: string,
  signal: AbortSignal,
): Promise<{ output: InstallOutput | null; fault: Fault | null }> {
  try {
    const text = await ask(session, ['pm', 'uninstall', packageName], signal, uninstallTimeoutMs);
    return { output: parseInstallOutput(text), fault: null };
  } catch (error) {
    return { output: null, fault: faultOf(error, signal.aborted) };
  }
}
