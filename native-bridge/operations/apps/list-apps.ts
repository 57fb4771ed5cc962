/** The apps that matter on a terminal, with their versions; the others are counted, or told as well. */
import type { InstalledApp } from '../../contract/app.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import { compareVersions } from '../../diagnosis/version-order.ts';
import { parsePackageList } from '../../protocols/android/index.ts';
import type { Context } from '../context.ts';
import { ask, readInstalled } from './ask.ts';
import { namedApps } from './profile-apps.ts';

type Listed = Result<'listApps'>['apps'][number];
type Named = Pick<Listed, 'packageName' | 'role'>;

/** Of the others no more than this many are read: a terminal is no phone. */
const mostOthers = 200;
/** Answers that are awaited at once. */
const atOnce = 4;

export async function listApps(
  context: Context,
  { terminalId, all }: Params<'listApps'>,
  signal: AbortSignal,
): Promise<Result<'listApps'>> {
  const connection = context.connections.get(terminalId);
  const hold = await connection.use('read', 'reading', null, signal);
  try {
    const named = namedApps(connection.profile);
    const others = await otherNames(connection, named, signal);
    const wanted: Named[] = [...named];
    if (all) {
      const rest = (others ?? []).slice(0, mostOthers);
      wanted.push(...rest.map((packageName) => ({ packageName, role: null })));
    }
    const apps = await readApps(connection, wanted, signal);
    return { terminalId, apps, others: others?.length ?? null };
  } finally {
    hold.release();
  }
}

/** Those that were installed and not delivered with it; null: not told. */
async function otherNames(
  { adb }: Connection,
  named: readonly Named[],
  signal: AbortSignal,
): Promise<string[] | null> {
  const text = await ask(adb, ['pm', 'list', 'packages', '-3'], signal);
  const isNamed = new Set(named.map(({ packageName }) => packageName));
  const list = text.trim() === '' ? [] : parsePackageList(text);
  const others = list?.map(({ name }) => name).filter((name) => !isNamed.has(name));
  return others?.sort() ?? null;
}

async function readApps(
  connection: Connection,
  wanted: readonly Named[],
  signal: AbortSignal,
): Promise<Listed[]> {
  const apps: Listed[] = [];
  for (let at = 0; at < wanted.length; at += atOnce) {
    const some = wanted.slice(at, at + atOnce);
    apps.push(...(await Promise.all(some.map((app) => readApp(connection, app, signal)))));
  }
  return apps;
}

async function readApp(
  { adb, profile }: Connection,
  { packageName, role }: Named,
  signal: AbortSignal,
): Promise<Listed> {
  const installed = await readInstalled(adb, packageName, signal);
  const oldestAdmitted = role === 'payment' ? (profile.expected.paymentAppVersion ?? null) : null;
  const state = stateOf(installed, oldestAdmitted);
  return { packageName, role, installed, state, oldestAdmitted };
}

function stateOf(installed: InstalledApp | null, oldest: string | null): Listed['state'] {
  if (installed === null) return 'missing';
  if (installed.enabled === false) return 'off';
  const { versionName } = installed;
  const order =
    oldest === null || versionName === null ? null : compareVersions(versionName, oldest);
  return order !== null && order < 0 ? 'old' : 'installed';
}
