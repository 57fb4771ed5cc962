/**
 * Is it still the terminal it was? A serial line or a device server does not tell when somebody
 * plugs another terminal in, so before anything is written its serial number is read again.
 */
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import type { Connection } from '../connections/connection.ts';
import type { FastbootSession } from '../sessions/fastboot/fastboot-session.ts';
import type { Context } from './context.ts';
import { tellsNumber, usbSerialNumber } from './identify.ts';
import { takeReadings } from './readings/take-readings.ts';

/**
 * True: the same, as far as can be known; null: its serial number can't be read just now. Throws
 * `terminal-replaced` for another one, and lets its line go.
 */
export async function isSameTerminal(
  context: Context,
  connection: Connection,
  signal: AbortSignal,
): Promise<true | null> {
  const { serialNumber: expected, basis } = connection.identity;
  // Without one, port and slot hashes are all there is; the plan says so.
  if (expected === null) return true;
  const byUsb = isKnownByUsb(connection);
  const found = byUsb
    ? await usbNumber(context, connection)
    : await ownSerialNumber(connection, signal);
  if (found === null) return null;
  if (found === expected) {
    // Its boot loader could not tell; the application can.
    if (basis === 'assumed') {
      const proven = byUsb ? 'usb-serial' : 'serial-number';
      connection.identity = { ...connection.identity, basis: proven };
    }
    return true;
  }
  await connection.closeSession();
  throw new BridgeFault('terminal-replaced', { found, expected });
}

const provenTries = 2;
const bootLoaderTimeoutMs = 5_000;

/**
 * Before anything is written: the same terminal, said by itself where it ever could say so, though
 * only its boot loader was seen since. Throws `terminal-unproven` where it does not now, and
 * `terminal-replaced`.
 */
export async function proveSameTerminal(
  context: Context,
  connection: Connection,
  signal: AbortSignal,
): Promise<void> {
  for (let tries = 1; tries <= provenTries; tries++) {
    if ((await isSameTerminal(context, connection, signal)) !== null) return;
  }
  throw new BridgeFault('terminal-unproven', {});
}

/**
 * A boot loader can't say who it is: from now on the terminal is only assumed to be the same. Its
 * number stays: with it the application proves itself again, and without it nothing is written.
 */
export function onlyBootLoader(connection: Connection): void {
  connection.bootLoader = true;
  // With fastboot it tells its serial number itself.
  if (connection.connected && connection.session.kind === 'fastboot') return;
  const { identity } = connection;
  if (identity.basis === 'serial-number') connection.identity = { ...identity, basis: 'assumed' };
}

/** A model that tells no number itself can only have been known by its USB device's. */
function isKnownByUsb({ identity, profile }: Connection): boolean {
  if (identity.basis !== 'assumed') return identity.basis === 'usb-serial';
  return !tellsNumber(profile);
}

/** A boot loader's USB device may show a number of its own, which speaks against nobody. */
async function usbNumber(
  context: Context,
  { portUrl, identity }: Connection,
): Promise<string | null> {
  const found = await usbSerialNumber(context, portUrl);
  return identity.basis === 'assumed' && found !== identity.serialNumber ? null : found;
}

async function bootLoadersNumber(
  session: FastbootSession,
  signal: AbortSignal,
): Promise<string | null> {
  const wait = { timeoutMs: bootLoaderTimeoutMs, signal };
  try {
    return (await session.getvar('serialno', wait)) || null;
  } catch (error) {
    if (faultOf(error).code === 'reply-timeout') return null;
    throw error;
  }
}

async function ownSerialNumber(
  { session, profile }: Connection,
  signal: AbortSignal,
): Promise<string | null> {
  if (session.kind === 'fastboot') return await bootLoadersNumber(session, signal);
  const names = ['identity.serialNumber'] as const;
  for await (const { value } of takeReadings(session, profile, names, signal)) {
    // An empty one says that it was lost, not that this is another terminal.
    if (value !== null && value !== '') return String(value);
  }
  return null;
}
