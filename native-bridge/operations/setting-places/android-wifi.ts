/** Whether Android's Wi-Fi is on. It takes a moment to follow: it is waited for, never for long. */
import { pause } from '../../ports/pause.ts';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import {
  androidDumps,
  parseWifi,
  wifiSwitchCommand,
  type WifiSwitch,
} from '../../protocols/android/index.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';
import { encoded, textOf, type Value } from '../setting-value.ts';
import { runCommand } from './android-shell.ts';

const maxDumpBytes = 16 * 1024 * 1024;
const settleTimeoutMs = 6_000;
const settlePauseMs = 500;

export async function readWifiSwitch(session: AdbSession, signal?: AbortSignal): Promise<Value> {
  const { command } = androidDumps.wifi;
  const output = await runCommand(session, command, { signal, maxOutputBytes: maxDumpBytes });
  return encoded(wifiSwitchIn(output));
}

/** Throws `reply-malformed` where the dump does not tell. */
export function wifiSwitchIn(output: string): WifiSwitch {
  const { enabled } = parseWifi(output);
  if (enabled === null) {
    const command = androidDumps.wifi.command.join(' ');
    throw new BridgeFault('reply-malformed', { command, expected: 'Wi-Fi is enabled | disabled' });
  }
  return enabled ? 'on' : 'off';
}

/** Ends when the terminal has followed, or had its time. Throws as `runCommand`. */
export async function writeWifiSwitch(session: AdbSession, text: string | null): Promise<void> {
  if (text !== 'on' && text !== 'off') {
    throw new BridgeFault('setting-value-invalid', { key: 'svc wifi', expected: 'on, off' });
  }
  await runCommand(session, wifiSwitchCommand(text), { isQuiet: true });
  const untilMs = performance.now() + settleTimeoutMs;
  while (textOf(await readWifiSwitch(session)) !== text && performance.now() < untilMs) {
    await pause(settlePauseMs);
  }
}
