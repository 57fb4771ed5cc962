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
  if (found === expected) return true;
  await connection.closeSession();
  throw new BridgeFault('terminal-replaced', { found, expected });
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
