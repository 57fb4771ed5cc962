/**
 * Two terminals at once that show one serial number: a board's that was never given its own, or a copied
 * one. Each start of a Linux kernel draws a number of its own (random(4), `boot_id`), so that two doors
 * of one terminal tell the same and two terminals never do.
 */
import type { Connection } from '../connections/connection.ts';
import type { TerminalSession } from '../connections/terminal-session.ts';
import type { AdbSession } from '../sessions/adb/adb-session.ts';

const wait = { timeoutMs: 3_000, maxOutputBytes: 1_024 };
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** False where it can't be told. */
export async function isShownTwice(
  known: Connection | null,
  session: TerminalSession,
  portUrl: string,
): Promise<boolean> {
  if (known?.connected !== true || known.portUrl === portUrl) return false;
  const other = known.session;
  if (session.kind !== 'adb' || other.kind !== 'adb') return false;
  const [here, there] = await Promise.all([startOf(session), startOf(other)]);
  return here !== null && there !== null && here !== there;
}

async function startOf(session: AdbSession): Promise<string | null> {
  try {
    const { output } = await session.shell('cat /proc/sys/kernel/random/boot_id', wait);
    const told = output.trim();
    return uuid.test(told) ? told : null;
  } catch {
    return null;
  }
}
