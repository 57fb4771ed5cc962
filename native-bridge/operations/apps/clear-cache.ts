/**
 * Clears an app's cache and never its data. `pm clear` deletes the data unless it knows `--cache-only`;
 * a version that does not know the option takes it for nothing and deletes the data all the same, and so
 * does one that finds it behind the name. So Android is asked first whether it offers it. Where it does
 * and its shell may not (INTERNAL_DELETE_CACHE_FILES), it never answers.
 */
import { randomUUID } from 'node:crypto';
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { AppResult } from '../../contract/app.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { Fault } from '../../contract/fault.ts';
import { offersCacheOnly, parseInstallOutput } from '../../protocols/android/index.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';
import { sentence } from '../../wording/index.ts';
import type { Context } from '../context.ts';
import { proveSameTerminal } from '../same-terminal.ts';
import { theCase } from '../the-case.ts';
import { ask, readInstalled } from './ask.ts';
import { roleOf } from './profile-apps.ts';
import { refusalText } from './words.ts';

/** A cache is gone in less than a second where it may go at all. */
const clearTimeoutMs = 8_000;

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
    const cleared = await askToClear(adb, packageName, signal);
    const atUtc = new Date().toISOString();
    const app: AppResult = {
      ...{ id: randomUUID(), caseId, terminalId, atUtc, action: 'clear-cache', packageName },
      ...{ role: roleOf(connection.profile, packageName), before, after: before, file: null },
      ...cleared,
      next: sentence(cleared.verdict === 'done' ? 'apps_next_open' : 'apps_next_cache_by_hand', {}),
      ...{ undo: null, allowed: [], interruptedUtc: null },
      durationMs: Math.round(performance.now() - startMs),
    };
    await context.records.appendEvent(caseId, { kind: 'app', atUtc, app });
    return app;
  } finally {
    hold.release();
  }
}

type Cleared = Pick<AppResult, 'verdict' | 'refusal' | 'fault' | 'state'>;

/** Throws what the session throws, but for silence. */
async function askToClear(
  adb: AdbSession,
  packageName: string,
  signal: AbortSignal,
): Promise<Cleared> {
  const app = { package: packageName };
  const command = ['pm', 'clear', '--cache-only', packageName];
  let fault: Fault | null = null;
  try {
    const output = parseInstallOutput(await ask(adb, command, signal, clearTimeoutMs));
    const refusal = output.refusal ?? output.detail;
    if (output.success) {
      const state = sentence('apps_state_cache_cleared', app);
      return { verdict: 'done', refusal: null, fault, state };
    }
    const facts = { ...app, refusal: refusalText(refusal) };
    const state = sentence('apps_state_cache_refused', facts);
    return { verdict: 'refused', refusal, fault, state };
  } catch (error) {
    fault = faultOf(error, signal.aborted);
    if (fault.code !== 'reply-timeout') throw error;
  }
  const state = sentence('apps_state_cache_silent', { ...app, timeoutMs: clearTimeoutMs });
  return { verdict: 'unknown', refusal: null, fault, state };
}
