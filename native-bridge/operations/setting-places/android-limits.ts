/**
 * What this program does not do on this terminal although its profile says where it is: Android lets
 * its shell do so from some version on only, or it would cut the connection itself. Said before
 * anything is written, with what to do by hand.
 */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { FaultCode } from '../../contract/fault.ts';
import {
  androidDumps,
  parseGetprop,
  TIME_ZONE_API_LEVEL,
  WIFI_NETWORK_API_LEVEL,
  WIFI_SWITCH_API_LEVEL,
} from '../../protocols/android/index.ts';
import { parseAddress } from '../../ports/address.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';
import type { TerminalSession } from '../../connections/terminal-session.ts';
import type { SettingSource } from '../../terminals/profile-source.ts';
import { textOf, type Place, type Value } from '../setting-value.ts';
import { plainText } from '../plain-text.ts';
import { runCommand } from './android-shell.ts';
import { isProxy, managedProxy } from './managed-proxy.ts';

const maxOutputBytes = 1024 * 1024;
const thisComputer = /^(?:localhost|127\.[0-9.]+|::1)$/i;

interface Limit {
  readonly apiLevel: number;
  /** As people name that version. */
  readonly release: string;
  readonly code: FaultCode;
}

const limits: Readonly<Record<string, Limit>> = {
  'android-time-zone/persist.sys.timezone': {
    apiLevel: TIME_ZONE_API_LEVEL,
    release: '9',
    code: 'time-zone-by-hand',
  },
  'android-wifi/enabled': { apiLevel: WIFI_SWITCH_API_LEVEL, release: '9', code: 'wifi-by-hand' },
  'android-wifi/network': { apiLevel: WIFI_NETWORK_API_LEVEL, release: '11', code: 'wifi-by-hand' },
};

const limitOf = ({ from, key }: SettingSource): Limit | undefined => limits[`${from}/${key}`];

/** Whether the terminal's version has to be known for it. */
export const hasLimit = ({ source }: Place): boolean => limitOf(source) !== undefined;

/** What a terminal says of its version, in its properties. */
export interface AndroidVersion {
  /** null: it does not say. */
  readonly apiLevel: number | null;
  readonly release: string;
}

function androidVersionIn(getprop: string): AndroidVersion {
  const all = parseGetprop(getprop);
  const property = (name: string) => all.get(`ro.build.version.${name}`) ?? '';
  return versionOf(property('sdk'), property('release'));
}

export function versionOf(level: string, release: string): AndroidVersion {
  return {
    apiLevel: /^\d{1,3}$/.test(level) ? Number(level) : null,
    release: plainText(release === '' ? level : release).slice(0, 20),
  };
}

/** Why it can't be set from here; null: it can, as far as is known. */
export function byHand({ source }: Place, version: AndroidVersion): BridgeFault | null {
  const limit = limitOf(source);
  if (!limit || version.apiLevel === null || version.apiLevel >= limit.apiLevel) return null;
  return new BridgeFault(limit.code, { needs: limit.release, found: version.release });
}

/**
 * Throws `time-zone-by-hand`, `wifi-by-hand`, `wifi-carries-connection`, `proxy-managed`, and what the
 * session throws.
 */
export async function refuseBeyondLimits(
  session: TerminalSession,
  wanted: readonly { readonly setting: Place; readonly value: Value }[],
  signal: AbortSignal,
): Promise<void> {
  if (session.kind !== 'adb') return;
  if (wanted.some(({ setting }) => isProxy(setting))) await refuseManagedProxy(session, signal);
  const limited = wanted.filter(({ setting }) => hasLimit(setting));
  if (limited.length === 0) return;
  const how = { signal, maxOutputBytes };
  const version = androidVersionIn(await runCommand(session, ['getprop'], how));
  for (const { setting, value } of limited) {
    const refused = byHand(setting, version) ?? cutting(session, setting, value);
    if (refused) throw refused;
  }
}

/** A dump that the shell may not see, or that is not there, speaks against nothing. */
async function refuseManagedProxy(session: AdbSession, signal: AbortSignal): Promise<void> {
  const how = { signal, maxOutputBytes };
  const managed = await managedProxy(async (name, field) => {
    const dump = androidDumps[name];
    const output = await runCommand(session, dump.command, how).catch(unlessLost);
    return dump.parse(output).get(field) ?? null;
  });
  if (managed) throw managed;
}

function unlessLost(error: unknown): string {
  const { code } = faultOf(error);
  if (code === 'command-refused' || code === 'command-unsupported') return '';
  throw error;
}

/**
 * Over the network it is Wi-Fi that carries us, as far as is known. This computer's own address is a
 * simulated terminal's, or the near end of a cable.
 */
export function cutting({ port }: AdbSession, { source }: Place, value: Value): BridgeFault | null {
  if (source.from !== 'android-wifi' || textOf(value) === 'on') return null;
  const address = parseAddress(port.url);
  if (address.kind !== 'adb' && address.kind !== 'tcp') return null;
  if (thisComputer.test(address.host)) return null;
  return new BridgeFault('wifi-carries-connection', { port: port.url });
}
