/**
 * A Wi-Fi network that the terminal is to join. Its password can't be read back, so that it is joined
 * is the proof; what was not joined is forgotten again. Undone is it by forgetting it, where the
 * terminal did not know it before: else its former password is lost, and nobody has it.
 */
import { pause } from '../../ports/pause.ts';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import {
  androidDumps,
  parseKeptNetworks,
  parseWifi,
  parseWifiUri,
  wifiForgetCommand,
  wifiJoinCommand,
  wifiNetworksCommand,
  type WifiNetwork,
} from '../../protocols/android/index.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';
import type { Place } from '../setting-value.ts';
import { runCommand } from './android-shell.ts';

const joinTimeoutMs = 20_000;
const joinPauseMs = 500;

export const isNetwork = ({ source }: Place): boolean =>
  source.from === 'android-wifi' && source.key === 'network';

/** The network's name, which is no secret; null: this is no network. */
export const ssidIn = (text: string | null): string | null =>
  text === null ? null : (parseWifiUri(text)?.ssid ?? null);

/** null: it has none. */
export const passphraseIn = (text: string): string | null => parseWifiUri(text)?.passphrase ?? null;

/** Whether the terminal keeps a network of this name. Throws as `runCommand`. */
export async function keepsNetwork(session: AdbSession, ssid: string): Promise<boolean> {
  return (await kept(session, ssid)).length > 0;
}

/**
 * Throws `wifi-not-joined {ssid, timeoutMs}` where it is forgotten again, `wifi-password-replaced
 * {ssid}` where the terminal knew it with another, `setting-value-invalid`, and as `runCommand`.
 */
export async function joinNetwork(session: AdbSession, text: string | null): Promise<void> {
  const network = text === null ? null : parseWifiUri(text);
  if (network === null) {
    const facts = { key: 'wifi', expected: 'WIFI:T:WPA;S:…;P:…;;', found: '***' };
    throw new BridgeFault('setting-value-invalid', facts);
  }
  const { ssid } = network;
  const wasKept = await keepsNetwork(session, ssid);
  const said = await runCommand(session, wifiJoinCommand(network));
  if (!/failed/i.test(said) && (await isJoined(session, network))) return;
  if (wasKept) throw new BridgeFault('wifi-password-replaced', { ssid });
  await forgetNetwork(session, ssid);
  throw new BridgeFault('wifi-not-joined', { ssid, timeoutMs: joinTimeoutMs });
}

/** Throws `command-refused` where it is still there, and as `runCommand`. */
export async function forgetNetwork(session: AdbSession, ssid: string): Promise<void> {
  for (const one of await kept(session, ssid)) await runCommand(session, wifiForgetCommand(one));
  if (!(await keepsNetwork(session, ssid))) return;
  throw new BridgeFault('command-refused', { command: 'cmd wifi forget-network', rc: 0 });
}

async function kept(session: AdbSession, ssid: string) {
  const all = parseKeptNetworks(await runCommand(session, wifiNetworksCommand));
  return all.filter((one) => one.ssid === ssid);
}

/** Twice in a row: one that was joined before is left a moment later. */
async function isJoined(session: AdbSession, { ssid }: WifiNetwork): Promise<boolean> {
  const untilMs = performance.now() + joinTimeoutMs;
  let times = 0;
  while (times < 2 && performance.now() < untilMs) {
    await pause(joinPauseMs);
    const now = parseWifi(await runCommand(session, androidDumps['wifi-status'].command));
    times = now.joined === true && now.ssid === ssid ? times + 1 : 0;
  }
  return times >= 2;
}
