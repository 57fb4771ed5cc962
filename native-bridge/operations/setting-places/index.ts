/** Settings are read and written where the terminal's door finds them. */
import type { TerminalSession } from '../../connections/terminal-session.ts';
import type { Place, Value } from '../setting-value.ts';
import { readAndroidSetting, writeAndroidSetting } from './android-settings.ts';
import { keepSmpSettings, readSmpSetting, writeSmpSetting } from './smp-settings.ts';

/** null: the terminal has no such value. Throws what the session throws. */
export function readSetting(
  session: TerminalSession,
  place: Place,
  signal?: AbortSignal,
): Promise<Value> {
  return session.kind === 'smp'
    ? readSmpSetting(session, place, signal)
    : readAndroidSetting(session, place, signal);
}

/** Writes the value, or removes it where it is to be none. Throws what the session throws. */
export function writeSetting(session: TerminalSession, place: Place, value: Value): Promise<void> {
  return session.kind === 'smp'
    ? writeSmpSetting(session, place, value)
    : writeAndroidSetting(session, place, value);
}

/** Makes what was written take effect and last; Android does so with every single one. */
export async function keepSettings(session: TerminalSession): Promise<void> {
  if (session.kind === 'smp') await keepSmpSettings(session);
}
