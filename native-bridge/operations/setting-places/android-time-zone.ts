/** Android's time zone: read from its property, written by the alarm service. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import { TIME_ZONE_PROPERTY, timeZoneCommand } from '../../protocols/android/index.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';
import { encoded, type Value } from '../setting-value.ts';
import { runCommand } from './android-shell.ts';

/** null: none was ever set. Throws as `runCommand`. */
export async function readTimeZone(session: AdbSession, signal?: AbortSignal): Promise<Value> {
  const output = await runCommand(session, ['getprop', TIME_ZONE_PROPERTY], { signal });
  return encoded(output.trim() === '' ? null : output.trim());
}

/** Throws `command-unsupported` for none: a zone can't be taken away; and as `runCommand`. */
export async function writeTimeZone(session: AdbSession, zone: string | null): Promise<void> {
  if (zone === null) throw new BridgeFault('command-unsupported', { command: 'set-timezone' });
  await runCommand(session, timeZoneCommand(zone), { isQuiet: true });
}
