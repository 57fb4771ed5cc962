/**
 * Settings are read and written where the terminal's door finds them, and nowhere else: a profile may
 * name places of both doors, and what is a name behind one may be another setting behind the other.
 */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import { doorNames, type TerminalSession } from '../../connections/terminal-session.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';
import type { Setting } from '../../terminals/profile.ts';
import { textOf, type Place, type Value } from '../setting-value.ts';
import { cutting } from './android-limits.ts';
import { readAndroidSetting, writeAndroidSetting } from './android-settings.ts';
import { readTimeZone, writeTimeZone } from './android-time-zone.ts';
import {
  forgetNetwork,
  joinNetwork,
  keepsNetwork,
  passphraseIn,
  ssidIn,
} from './android-wifi-network.ts';
import { readWifiSwitch, writeWifiSwitch } from './android-wifi.ts';
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
      return await readOnAndroid(session, place, signal);
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
  if (session.kind === 'adb') await writeOnAndroid(session, place, value);
}

async function readOnAndroid(
  session: AdbSession,
  place: Place,
  signal?: AbortSignal,
): Promise<Value> {
  switch (place.source.from) {
    case 'android-time-zone':
      return await readTimeZone(session, signal);
    case 'android-wifi':
      return await readWifiSwitch(session, signal);
    default:
      return await readAndroidSetting(session, place, signal);
  }
}

/** Throws `reply-malformed` for what is no text: it was read from a terminal once. */
async function writeOnAndroid(session: AdbSession, place: Place, value: Value): Promise<void> {
  const { from, key } = place.source;
  const text = textOf(value);
  if (value !== null && text === null) {
    throw new BridgeFault('reply-malformed', { command: key, expected: 'UTF-8' });
  }
  const cuts = cutting(session, place, value);
  if (cuts) throw cuts;
  if (from === 'android-time-zone') await writeTimeZone(session, text);
  else if (from === 'android-wifi' && key === 'network') await joinNetwork(session, text);
  else if (from === 'android-wifi') await writeWifiSwitch(session, text);
  else await writeAndroidSetting(session, place, text);
}

/** What of a secret may be told, and whether the terminal had it before; null: nothing. */
export interface SecretName {
  readonly name: string;
  readonly wasThere: boolean;
}

/** Throws what the session throws. */
export async function nameOfSecret(
  session: TerminalSession,
  { source }: Place,
  value: Value,
): Promise<SecretName | null> {
  if (session.kind !== 'adb' || source.from !== 'android-wifi') return null;
  const name = ssidIn(textOf(value));
  return name === null ? null : { name, wasThere: await keepsNetwork(session, name) };
}

/** What of a value nobody may see again; null: all of it may be seen. */
export function secretIn({ source, secret }: Setting, value: Value): string | null {
  const text = textOf(value);
  if (!secret || text === null) return null;
  return source.from === 'android-wifi' ? passphraseIn(text) : text;
}

/** Takes a secret away that is known by its name. Throws `door-unfit`, and what the session throws. */
export async function forgetSecret(
  session: TerminalSession,
  place: Place,
  name: string,
): Promise<void> {
  checkDoor(session, place);
  if (session.kind === 'adb') await forgetNetwork(session, name);
}

/** Makes what was written take effect and last; Android does so with every single one. */
export async function keepSettings(session: TerminalSession): Promise<void> {
  if (session.kind === 'smp') await keepSmpSettings(session);
}
