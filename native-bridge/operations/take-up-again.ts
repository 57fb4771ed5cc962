/**
 * One look at a terminal that may be back: it is taken up again if it is the same one, and what an
 * earlier flash or settings change left open is settled.
 */
import { faultOf } from '../contract/bridge-fault.ts';
import type { Connection } from '../connections/connection.ts';
import { sentence } from '../wording/index.ts';
import { comeBack } from './come-back.ts';
import type { Context } from './context.ts';
import { isOnlyBootLoader } from './identify.ts';
import { settleAtConnect } from './interrupted/at-connect.ts';
import { settleFlash, settleIfBack } from './flash/settle.ts';
import type { Waiting } from './open-adb.ts';
import { onlyBootLoader } from './same-terminal.ts';

const tryTimeoutMs = 6_000;
const lookTimeoutMs = 5_000;
const notLetIn: ReadonlySet<string> = new Set(['adb-not-authorised', 'adb-tap-timeout']);

/** Never throws. */
export async function takeUpAgain(
  context: Context,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  const connection = context.connections.find(id);
  // A flash waits for its terminal itself.
  if (connection?.line.holder !== null) return;
  if (!connection.connected) {
    if (!connection.letsNobodyIn) await reattach(context, connection, signal);
  } else if (connection.flashOpen) await settleIfBack(context, connection);
}

/**
 * It may be its boot loader that came back, which can't say who it is. Not known, it stays what it
 * was taken for. Never throws.
 */
async function noteBootLoader(context: Context, connection: Connection): Promise<void> {
  try {
    const only = await isOnlyBootLoader(connection.session, AbortSignal.timeout(lookTimeoutMs));
    if (only) onlyBootLoader(connection);
    else connection.bootLoader = false;
  } catch (error) {
    context.log.info(`${connection.portUrl}: boot loader or not? ${faultOf(error).code}`);
  }
}

/** Once it is back nothing stops what is to be settled: a connected terminal is not come back to. */
async function reattach(context: Context, connection: Connection, outer: AbortSignal) {
  try {
    await lookedAt(context, connection, outer);
    if (connection.connected) await noteBootLoader(context, connection);
    if (connection.connected) await settleFlash(context, connection);
    if (connection.connected) await settleAtConnect(context, connection);
  } catch (error) {
    const { code } = faultOf(error);
    context.log.debug(`${connection.portUrl} is not back: ${code}`);
    if (notLetIn.has(code)) connection.notLetIn(sentence('interrupted_not_let_in', {}));
  }
}

/** Whoever has to tap on its screen needs longer than a look, and sees what is waited for. */
async function lookedAt(context: Context, connection: Connection, outer: AbortSignal) {
  const asked = { tap: false };
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), tryTimeoutMs);
  const tell = ({ waitingFor }: Waiting) => {
    if (waitingFor.key !== 'connect_wait_tap') return;
    clearTimeout(timer);
    asked.tap = true;
    connection.report('waiting', waitingFor, null);
  };
  const within = AbortSignal.any([outer, late.signal]);
  try {
    await comeBack(context, connection, { anyone: false, tell }, within);
  } finally {
    clearTimeout(timer);
    if (asked.tap) connection.report(connection.connected ? 'idle' : 'gone', null, null);
  }
}
