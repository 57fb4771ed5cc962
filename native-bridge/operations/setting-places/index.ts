/**
 * Settings are read and written where the terminal's door finds them, and nowhere else: a profile may
 * name places of both doors, and what is a name behind one may be another setting behind the other.
 */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import { doorNames, type TerminalSession } from '../../connections/terminal-session.ts';
import type { Place, Value } from '../setting-value.ts';
import { readAndroidSetting, writeAndroidSetting } from './android-settings.ts';
import { keepSmpSettings, readSmpSetting, writeSmpSetting } from './smp-settings.ts';

/** Throws `door-unfit {door, needs}` where this place is behind the terminal's other door. */
export function checkDoor({ kind }: TerminalSession, { source }: Place): void {
  const needed = neededDoor(source);
  if (kind !== needed) throw unfit(kind, needed);
}

function neededDoor({ from }: Place['source']): 'smp' | 'adb' {
  return from === 'smp-settings' ? 'smp' : 'adb';
}

function unfit(kind: TerminalSession['kind'], needed: TerminalSession['kind']): BridgeFault {
  return new BridgeFault('door-unfit', { door: doorNames[kind], needs: doorNames[needed] });
}

/** null: the terminal has no such value. Throws `door-unfit`, and what the session throws. */
export async function readSetting(
  session: TerminalSession,
  place: Place,
  signal?: AbortSignal,
): Promise<Value> {
  checkDoor(session, place);
  switch (session.kind) {
    case 'smp':
      return await readSmpSetting(session, place, signal);
    case 'adb':
      return await readAndroidSetting(session, place, signal);
    case 'fastboot':
      throw unfit(session.kind, neededDoor(place.source));
  }
}

/** Writes the value, or removes it where it is to be none. Throws as `readSetting`. */
export async function writeSetting(
  session: TerminalSession,
  place: Place,
  value: Value,
): Promise<void> {
  checkDoor(session, place);
  if (session.kind === 'smp') await writeSmpSetting(session, place, value);
  if (session.kind === 'adb') await writeAndroidSetting(session, place, value);
}

/** Makes what was written take effect and last; Android does so with every single one. */
export async function keepSettings(session: TerminalSession): Promise<void> {
  if (session.kind === 'smp') await keepSmpSettings(session);
}
