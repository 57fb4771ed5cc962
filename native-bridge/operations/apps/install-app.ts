/**
 * Installs or updates an app: the file is judged again, sent in pieces, installed by Android, and done
 * when the terminal shows its version. Until Android is asked, whatever goes wrong has changed nothing.
 */
import { randomUUID } from 'node:crypto';
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { AppInspection, AppProgress } from '../../contract/app.ts';
import type { Sentence } from '../../contract/common.ts';
import type { Fault } from '../../contract/fault.ts';
import type { Params, Progress, Result } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import type { ApkInspection } from '../../firmware/apk/inspect-apk.ts';
import { signersFor } from '../../firmware/apk/seen-signers.ts';
import { DiskFile } from '../../firmware/random-access.ts';
import { parseInstallOutput, type InstallOutput } from '../../protocols/android/index.ts';
import { sentence } from '../../wording/index.ts';
import type { Context } from '../context.ts';
import { advanceEntry } from '../journal-entry.ts';
import { proveSameTerminal } from '../same-terminal.ts';
import { theCase } from '../the-case.ts';
import { ask } from './ask.ts';
import { newPath, removeFile, sendFile } from './file-on-terminal.ts';
import { inspected, inspectUnless, targetOf } from './inspect-app.ts';
import { installTimeoutMs } from './plan.ts';
import { beginWork, endWork, type AppWork } from './work.ts';

export async function* installApp(
  context: Context,
  params: Params<'installApp'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'installApp'>, Result<'installApp'>, void> {
  const connection = context.connections.get(params.terminalId);
  const file = await DiskFile.open(context.files.path(params.fileId));
  try {
    const inspection = yield* checked(file, params.acceptedSha256, signal);
    const what = inspection.manifest?.packageName ?? context.files.name(params.fileId);
    const detail = sentence('activity_app_installing', { package: what });
    const hold = await connection.use('apply', 'applying', detail, signal);
    try {
      await proveSameTerminal(context, connection, signal);
      const work = await prepared(context, connection, { params, inspection, signal });
      yield* send(work, file, detail, signal);
      return yield* install(work, detail, signal);
    } finally {
      hold.release();
    }
  } finally {
    await file.close();
  }
}

/** Throws `file-changed` for another file than the one that was accepted. */
async function* checked(
  file: DiskFile,
  acceptedSha256: string,
  signal: AbortSignal,
): AsyncGenerator<AppProgress, ApkInspection, void> {
  const looking = inspectUnless(signal, file);
  for (;;) {
    const step = await looking.next();
    if (step.done === true) {
      if (step.value.fileSha256 === acceptedSha256) return step.value;
      throw new BridgeFault('file-changed', { expected: acceptedSha256 });
    }
    const fraction = step.value.doneBytes / Math.max(1, step.value.totalBytes);
    yield { ...nothingSent('check', file.sizeBytes), fraction };
  }
}

interface Wanted {
  readonly params: Params<'installApp'>;
  readonly inspection: ApkInspection;
  readonly signal: AbortSignal;
}

/** Throws `app-blocked`. */
async function prepared(
  context: Context,
  connection: Connection,
  { params, inspection, signal }: Wanted,
): Promise<AppWork> {
  const { fileId, terminalId } = params;
  const name = context.files.name(fileId);
  const target = await targetOf(connection, inspection, signal);
  const looked = inspected({ fileId, name, inspection, terminalId }, target);
  const allowed = allowedOf(looked, params.allow);
  const { signature } = inspection;
  const { sdkLevel } = target;
  const { id: caseId } = await theCase(context, connection, params.caseId);
  const plan = {
    id: randomUUID(),
    action: 'install' as const,
    packageName: looked.app.packageName ?? '',
    role: looked.role,
    before: looked.installed,
    file: looked.app,
    signerHashes: signature ? signersFor(signature, sdkLevel).map((one) => one.shortHash) : [],
    path: newPath(),
    allowed,
  };
  return await beginWork(context, connection, plan, caseId);
}

function allowedOf({ blockers }: AppInspection, allow: readonly string[]): string[] {
  const isAllowed = ({ code, allowable }: (typeof blockers)[number]): boolean =>
    allowable && allow.includes(code);
  const standing = blockers.filter((blocker) => !isAllowed(blocker));
  if (standing.length > 0) {
    throw new BridgeFault('app-blocked', { blockers: standing.map(({ code }) => code) });
  }
  return blockers.map(({ code }) => code);
}

/** Throws with nothing changed, and nothing left where the terminal could still be told. */
async function* send(
  work: AppWork,
  file: DiskFile,
  detail: Sentence,
  signal: AbortSignal,
): AsyncGenerator<AppProgress, void, void> {
  const { context, connection, journalId } = work;
  const path = work.plan.path ?? '';
  try {
    for await (const { offsetBytes, totalBytes } of sendFile(connection, file, path, signal)) {
      const fraction = offsetBytes / Math.max(1, totalBytes);
      connection.report('applying', detail, fraction);
      yield { ...nothingSent('send', totalBytes), sentBytes: offsetBytes, fraction };
    }
  } catch (error) {
    const isClean = await removeFile(context, connection, path);
    if (isClean) await context.records.journalEnd(journalId);
    throw error;
  }
}

async function* install(
  work: AppWork,
  detail: Sentence,
  signal: AbortSignal,
): AsyncGenerator<AppProgress, Result<'installApp'>, void> {
  const { context, connection, plan, journalId } = work;
  const sizeBytes = plan.file?.sizeBytes ?? 0;
  const sent = { sentBytes: sizeBytes, totalBytes: sizeBytes };
  await advanceEntry(context, journalId, 'install');
  const waitingFor = sentence('apps_wait_install', { package: plan.packageName });
  const untilUtc = new Date(Date.now() + installTimeoutMs).toISOString();
  connection.report('applying', detail, null);
  yield { phase: 'install', fraction: null, ...sent, waitingFor, untilUtc };
  const { output, fault } = await askToInstall(connection, plan.path ?? '', signal);
  yield { ...nothingSent('prove', sizeBytes), ...sent };
  return await endWork(work, { output, fault, isOver: false });
}

async function askToInstall(
  connection: Connection,
  path: string,
  signal: AbortSignal,
): Promise<{ output: InstallOutput | null; fault: Fault | null }> {
  try {
    const command = ['pm', 'install', '-r', path];
    const text = await ask(connection.adb, command, signal, installTimeoutMs);
    return { output: parseInstallOutput(text), fault: null };
  } catch (error) {
    return { output: null, fault: faultOf(error, signal.aborted) };
  }
}

function nothingSent(phase: AppProgress['phase'], totalBytes: number): AppProgress {
  return { phase, fraction: null, sentBytes: 0, totalBytes, waitingFor: null, untilUtc: null };
}
