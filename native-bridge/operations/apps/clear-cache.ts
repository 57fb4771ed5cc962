/**
 * Clears an app's cache and never its data. `pm clear` deletes the data unless it knows `--cache-only`;
 * a version that does not know the option takes it for nothing and deletes the data all the same, and so
 * does one that finds it behind the name. So Android is asked first whether it offers it.
 */
import { randomUUID } from 'node:crypto';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { AppResult } from '../../contract/app.ts';
import type { Params, Result } from '../../contract/requests.ts';
import { offersCacheOnly, parseInstallOutput } from '../../protocols/android/index.ts';
import { sentence } from '../../wording/index.ts';
import type { Context } from '../context.ts';
import { proveSameTerminal } from '../same-terminal.ts';
import { theCase } from '../the-case.ts';
import { ask, readInstalled } from './ask.ts';
import { roleOf } from './profile-apps.ts';
import { refusalText } from './words.ts';

const clearTimeoutMs = 30_000;

export async function clearAppCache(
  context: Context,
  { terminalId, packageName, caseId: asked }: Params<'clearAppCache'>,
  signal: AbortSignal,
): Promise<Result<'clearAppCache'>> {
  const connection = context.connections.get(terminalId);
  const detail = sentence('activity_app_cache', { package: packageName });
  const hold = await connection.use('apply', 'applying', detail, signal);
  try {
    await proveSameTerminal(context, connection, signal);
    const startMs = performance.now();
    const { adb } = connection;
    const before = await readInstalled(adb, packageName, signal);
    if (before === null) throw new BridgeFault('app-not-installed', { package: packageName });
    if (!offersCacheOnly(await ask(adb, ['pm', 'help'], signal))) {
      throw new BridgeFault('cache-inseparable', { package: packageName });
    }
    const { id: caseId } = await theCase(context, connection, asked);
    const command = ['pm', 'clear', '--cache-only', packageName];
    const output = parseInstallOutput(await ask(adb, command, signal, clearTimeoutMs));
    const refusal = output.refusal ?? output.detail;
    const atUtc = new Date().toISOString();
    const app: AppResult = {
      ...{ id: randomUUID(), caseId, terminalId, atUtc, action: 'clear-cache', packageName },
      ...{ role: roleOf(connection.profile, packageName), before, after: before, file: null },
      verdict: output.success ? 'done' : 'refused',
      refusal,
      fault: null,
      state: output.success
        ? sentence('apps_state_cache_cleared', { package: packageName })
        : sentence('apps_state_cache_refused', {
            package: packageName,
            refusal: refusalText(refusal),
          }),
      next: sentence('apps_next_open', {}),
      ...{ undo: null, allowed: [], interruptedUtc: null },
      durationMs: Math.round(performance.now() - startMs),
    };
    await context.records.appendEvent(caseId, { kind: 'app', atUtc, app });
    return app;
  } finally {
    hold.release();
  }
}
