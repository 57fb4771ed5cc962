/**
 * The Wi-Fi networks that Android keeps: `cmd wifi`, which a shell may use so since Android 11 (AOSP,
 * WifiShellCommand, NON_PRIVILEGED_COMMANDS). All of them end well; what came of it stands in words.
 */
import { linesOf } from './text.ts';
import type { WifiNetwork } from './wifi-uri.ts';

export const WIFI_NETWORK_API_LEVEL = 30;

export interface KeptNetwork {
  readonly id: number;
  readonly ssid: string;
}

export const wifiNetworksCommand: readonly string[] = ['cmd', 'wifi', 'list-networks'];

/** The password is its last word: it stands in no fault, for a fault names four. */
export function wifiJoinCommand({ ssid, security, passphrase }: WifiNetwork): readonly string[] {
  const secret = passphrase === null ? [] : [passphrase];
  return ['cmd', 'wifi', 'connect-network', ssid, security, ...secret];
}

export function wifiForgetCommand({ id }: KeptNetwork): readonly string[] {
  return ['cmd', 'wifi', 'forget-network', String(id)];
}

/** A number, the name (with blanks in it, maybe) and the security; a network may have several lines. */
export function parseKeptNetworks(output: string): KeptNetwork[] {
  return linesOf(output).flatMap((line) => {
    const match = /^(\d{1,9})\s+(\S.*?)\s+\S+\s*$/.exec(line);
    const [, id, ssid] = match ?? [];
    return id === undefined || ssid === undefined ? [] : [{ id: Number(id), ssid }];
  });
}
