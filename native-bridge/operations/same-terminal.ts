/**
 * Is it still the terminal it was? A serial line or a device server does not tell when somebody
 * plugs another terminal in, so before anything is written its serial number is read again.
 */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { Connection } from '../connections/connection.ts';
import type { Context } from './context.ts';
import { usbSerialNumber } from './identify.ts';
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
  const found =
    basis === 'usb-serial'
      ? await usbSerialNumber(context, connection.portUrl)
      : await ownSerialNumber(connection, signal);
  if (found === null) return null;
  if (found === expected) {
    // Its boot loader could not tell; the application can.
    if (basis === 'assumed') {
      connection.identity = { ...connection.identity, basis: 'serial-number' };
    }
    return true;
  }
  await connection.closeSession();
  throw new BridgeFault('terminal-replaced', { found, expected });
}

const provenTries = 2;

/**
 * Before anything is written: the same terminal, said by itself where it could say so before. Throws
 * `terminal-unproven` where it does not now, and `terminal-replaced`.
 */
export async function proveSameTerminal(
  context: Context,
  connection: Connection,
  signal: AbortSignal,
): Promise<void> {
  for (let tries = 1; tries <= provenTries; tries++) {
    if ((await isSameTerminal(context, connection, signal)) !== null) return;
    if (connection.identity.basis === 'assumed') return;
  }
  throw new BridgeFault('terminal-unproven', {});
}

/** A boot loader can't say who it is: from now on the terminal is only assumed to be the same. */
export function onlyBootLoader(connection: Connection): void {
  connection.bootLoader = true;
  const { identity } = connection;
  if (identity.basis === 'serial-number') connection.identity = { ...identity, basis: 'assumed' };
}

async function ownSerialNumber(
  { session, profile }: Connection,
  signal: AbortSignal,
): Promise<string | null> {
  const names = ['identity.serialNumber'] as const;
  for await (const { value } of takeReadings(session, profile, names, signal)) {
    if (value !== null) return String(value);
  }
  return null;
}
