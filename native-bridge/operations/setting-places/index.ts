/**
 * Settings are read and written where the terminal's door finds them, and nowhere else: a profile may
 * name places of both doors, and what is a name behind one may be another setting behind the other.
 */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { TerminalSession } from '../../connections/terminal-session.ts';
import type { Place, Value } from '../setting-value.ts';
import { readAndroidSetting, writeAndroidSetting } from './android-settings.ts';
import { keepSmpSettings, readSmpSetting, writeSmpSetting } from './smp-settings.ts';

/** Throws `door-unfit {door, needs}` where this place is behind the terminal's other door. */
export function checkDoor({ kind }: TerminalSession, { source }: Place): void {
  const needed = source.from === 'smp-settings' ? 'smp' : 'adb';
  if (kind === needed) return;
  const facts = { door: kind.toUpperCase(), needs: needed.toUpperCase() };
  throw new BridgeFault('door-unfit', facts);
}

/** null: the terminal has no such value. Throws `door-unfit`, and what the session throws. */
export async function readSetting(
  session: TerminalSession,
  place: Place,
  signal?: AbortSignal,
): Promise<Value> {
  checkDoor(session, place);
  return session.kind === 'smp'
    ? await readSmpSetting(session, place, signal)
    : await readAndroidSetting(session, place, signal);
}

/** Writes the value, or removes it where it is to be none. Throws as `readSetting`. */
export async function writeSetting(
  session: TerminalSession,
  place: Place,
  value: Value,
): Promise<void> {
  checkDoor(session, place);
  if (session.kind === 'smp') await writeSmpSetting(session, place, value);
  else await writeAndroidSetting(session, place, value);
}

/** Makes what was written take effect and last; Android does so with every single one. */
export async function keepSettings(session: TerminalSession): Promise<void> {
  if (session.kind === 'smp') await keepSmpSettings(session);
}
