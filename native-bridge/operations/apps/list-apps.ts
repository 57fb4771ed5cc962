/** The apps that matter on a terminal, with their versions; the others are counted. */
import type { Params, Result } from '../../contract/requests.ts';
import { parsePackageList } from '../../protocols/android/index.ts';
import type { Context } from '../context.ts';
import { ask, readInstalled } from './ask.ts';
import { namedApps } from './profile-apps.ts';

export async function listApps(
  context: Context,
  { terminalId }: Params<'listApps'>,
  signal: AbortSignal,
): Promise<Result<'listApps'>> {
  const connection = context.connections.get(terminalId);
  const hold = await connection.use('read', 'reading', null, signal);
  try {
    const { adb, profile } = connection;
    const named = namedApps(profile);
    const apps = [];
    for (const { packageName, role } of named) {
      apps.push({ packageName, role, installed: await readInstalled(adb, packageName, signal) });
    }
    const text = await ask(adb, ['pm', 'list', 'packages', '-3'], signal);
    const isNamed = new Set(named.map(({ packageName }) => packageName));
    const all = text.trim() === '' ? [] : parsePackageList(text);
    const others = all?.filter(({ name }) => !isNamed.has(name)).length ?? null;
    return { terminalId, apps, others };
  } finally {
    hold.release();
  }
}
