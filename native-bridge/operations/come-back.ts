/**
 * Where a terminal that went away is now: on its own port, or on another that can be its own
 * (other-ports). Every other one is left alone.
 */
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import type { Connection } from '../connections/connection.ts';
import type { Ownership } from '../records/types.ts';
import type { TerminalSession } from '../connections/terminal-session.ts';
import type { Context } from './context.ts';
import { sameTerminal, usbSerialNumber } from './identify.ts';
import type { Waiting } from './open-adb.ts';
import { openSession } from './open-session.ts';
import { otherPorts } from './other-ports.ts';
import { portLockName } from './port-lock.ts';

/**
 * `anyone`: on its own port whoever answers is taken, as its caller looks who it is; on another port
 * only the terminal itself ever is.
 */
export interface Looking {
  readonly anyone: boolean;
  /** Of a terminal that waits for somebody to tap on its screen. */
  readonly tell?: (waiting: Waiting) => void;
}

/** Opens the terminal wherever it is. Throws what opening its own port throws where it is nowhere. */
export async function comeBack(
  context: Context,
  connection: Connection,
  looking: Looking,
  outer: AbortSignal,
): Promise<void> {
  await connection.reopen(async (signal) => {
    try {
      return await openHere(context, connection, looking, signal);
    } catch (error) {
      if (!(await openElsewhere(context, connection, signal))) throw error;
      return null;
    }
  }, outer);
}

async function openHere(
  context: Context,
  connection: Connection,
  { anyone, tell }: Looking,
  signal: AbortSignal,
): Promise<TerminalSession | null> {
  const { portUrl, profile, usbSerialNumber: usb } = connection;
  const now = usb === null ? null : await usbSerialNumber(context, portUrl);
  // Names of ports are given anew: this one may be another terminal's by now.
  if (now !== null && now !== usb) throw new BridgeFault('port-vanished', { port: portUrl });
  const session = await openSession(context, portUrl, profile, signal, tell);
  if (anyone) return session;
  return await ifSame(context, connection, session, portUrl, signal);
}

async function openElsewhere(
  context: Context,
  connection: Connection,
  signal: AbortSignal,
): Promise<boolean> {
  for (const url of await otherPorts(context, connection)) {
    const lock = await context.records.acquire(portLockName(url)).catch(() => null);
    if (lock === null) continue;
    if (await moved(context, connection, url, lock, signal)) return true;
    await lock.release();
  }
  return false;
}

async function moved(
  context: Context,
  connection: Connection,
  url: string,
  lock: Ownership,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const opened = await openSession(context, url, connection.profile, signal);
    const session = await ifSame(context, connection, opened, url, signal);
    if (!session) return false;
    connection.moveTo(url, session);
    await context.connections.movedPort(connection.terminalId, () => lock.release());
    context.log.info(`${connection.terminalId} is back on ${url}`);
    return true;
  } catch (error) {
    context.log.debug(`not on ${url}: ${faultOf(error).code}`);
    return false;
  }
}

/** null, and closed, where it is another one. */
async function ifSame(
  context: Context,
  connection: Connection,
  session: TerminalSession,
  portUrl: string,
  signal: AbortSignal,
): Promise<TerminalSession | null> {
  try {
    if (await sameTerminal(context, session, connection, portUrl, signal)) return session;
  } catch (error) {
    await session.close();
    throw error;
  }
  await session.close();
  return null;
}
