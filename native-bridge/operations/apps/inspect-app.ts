/** What an app's file is, and what speaks against it on a terminal. Nothing is sent. */
import type { AppFile, AppInspection } from '../../contract/app.ts';
import type { Params, Progress, Result } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import { inspectApk, type ApkInspection } from '../../firmware/apk/inspect-apk.ts';
import { DiskFile } from '../../firmware/random-access.ts';
import type { FileProgress } from '../../firmware/streaming.ts';
import type { Context } from '../context.ts';
import { readFreeBytes, readInstalled, readProperty } from './ask.ts';
import { judgeApp, type AppTarget } from './judge.ts';
import { roleOf } from './profile-apps.ts';
import { undoOf } from './words.ts';

export async function* inspectApp(
  context: Context,
  { fileId, terminalId }: Params<'inspectApp'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'inspectApp'>, Result<'inspectApp'>, void> {
  const connection = terminalId === null ? null : context.connections.get(terminalId);
  const file = await DiskFile.open(context.files.path(fileId));
  try {
    const inspection = yield* inspectUnless(signal, file);
    const name = context.files.name(fileId);
    if (connection === null) return inspected({ fileId, name, inspection, terminalId: null }, null);
    const hold = await connection.use('read', 'reading', null, signal);
    try {
      const target = await targetOf(connection, inspection, signal);
      return inspected({ fileId, name, inspection, terminalId }, target);
    } finally {
      hold.release();
    }
  } finally {
    await file.close();
  }
}

/** As `inspectApk`; throws what the signal was aborted with. */
export async function* inspectUnless(
  signal: AbortSignal,
  file: DiskFile,
): AsyncGenerator<FileProgress, ApkInspection, void> {
  const looking = inspectApk(file);
  for (;;) {
    const step = await looking.next();
    signal.throwIfAborted();
    if (step.done === true) return step.value;
    yield step.value;
  }
}

/** The caller has the line. Throws `door-unfit`, and as the questions do. */
export async function targetOf(
  connection: Connection,
  { manifest }: ApkInspection,
  signal: AbortSignal,
): Promise<AppTarget> {
  const { adb, profile } = connection;
  const packageName = manifest?.packageName ?? null;
  const [installed, freeBytes, sdk, abis] = await Promise.all([
    packageName === null ? null : readInstalled(adb, packageName, signal),
    readFreeBytes(adb, signal),
    readProperty(adb, 'ro.build.version.sdk', signal),
    readProperty(adb, 'ro.product.cpu.abilist', signal),
  ]);
  const role = packageName === null ? null : roleOf(profile, packageName);
  return {
    profile: profile.name,
    role,
    installed,
    freeBytes,
    sdkLevel: /^\d{1,3}$/.test(sdk) ? Number(sdk) : null,
    abis: abis.split(',').filter((abi) => /^[\w-]{1,32}$/.test(abi)),
    trustedSigners: role === 'payment' ? profile.expected.paymentAppSigners : [],
  };
}

interface Looked {
  readonly fileId: string;
  readonly name: string;
  readonly inspection: ApkInspection;
  readonly terminalId: string | null;
}

/** `target` null: no terminal was asked. */
export function inspected(
  { fileId, name, inspection, terminalId }: Looked,
  target: AppTarget | null,
): AppInspection {
  const app = appFileOf(inspection, name);
  const installed = target?.installed ?? null;
  return {
    fileId,
    app,
    terminalId,
    role: target?.role ?? null,
    installed,
    ...judgeApp(inspection, target),
    undo: target === null ? null : undoOf(installed, app.versionCode),
  };
}

export function appFileOf(inspection: ApkInspection, name: string): AppFile {
  const { verdict, faults, sizeBytes, fileSha256, manifest, signature, abis } = inspection;
  return {
    verdict,
    faults: [...faults],
    name,
    sizeBytes,
    fileSha256,
    packageName: manifest?.packageName ?? null,
    versionName: manifest?.versionName ?? null,
    versionCode: manifest?.versionCode ?? null,
    minSdkVersion: manifest?.minSdkVersion ?? null,
    abis: [...abis],
    signature: signature && {
      state: signature.state,
      scheme: signature.scheme,
      certificates: [...signature.certificates],
    },
  };
}
