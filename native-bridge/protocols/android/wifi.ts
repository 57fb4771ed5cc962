/**
 * `dumpsys wifi` and the shorter `cmd wifi status` (Android 11 and later): whether Wi-Fi is on, and
 * WifiInfo.toString of the network that is joined. Until Android 10 the name stands there without
 * quotes and the security only in the configured network of that number.
 */
import { linesOf } from './text.ts';
import { integerOf } from './values.ts';
import { securityOfConfigured, securityOfType } from './wifi-security.ts';

export interface Wifi {
  readonly enabled: boolean | null;
  readonly joined: boolean | null;
  /** null also where the network hides its name. */
  readonly ssid: string | null;
  readonly rssiDbm: number | null;
  readonly linkMbps: number | null;
  readonly frequencyMhz: number | null;
  /** `open`, `wep`, `psk`, `sae`, `owe`, `eap` and such. */
  readonly security: string | null;
}

interface WifiInfo {
  readonly name: string;
  /** By its label, the first of each. */
  readonly values: ReadonlyMap<string, string>;
}

export function parseWifi(text: string): Wifi {
  const lines = linesOf(text);
  const enabled = enabledOf(lines);
  // What is off keeps the last network's values for a while.
  const info = enabled === false ? undefined : primaryOf(lines.flatMap(readInfos));
  const isJoined = info === undefined ? notConnected(lines, enabled) : joinedOf(info);
  const ofNetwork = isJoined === true && info !== undefined ? networkOf(info, lines) : noNetwork;
  return { enabled, joined: isJoined, ...ofNetwork };
}

function enabledOf(lines: readonly string[]): boolean | null {
  for (const line of lines) {
    const state = /^Wi-?Fi is (enabled|disabled|enabling|disabling)\s*$/i.exec(line)?.[1];
    if (state !== undefined) return /^enabl/i.test(state);
  }
  return null;
}

/** `cmd wifi status` without a network; and what is off has joined none. */
function notConnected(lines: readonly string[], enabled: boolean | null): false | null {
  const isSaid = lines.some((line) => /^\s{0,4}Wi-?Fi is not connected\s*$/i.test(line));
  return isSaid || enabled === false ? false : null;
}

const addressLabel = /, BSSID: (?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|<none>|null|any),/gi;

/** A line may hold several. The name ends before the last address label that can end it. */
function readInfos(line: string): WifiInfo[] {
  if (!/^\s{0,8}(?:mWifiInfo|WifiInfo:) /.test(line)) return [];
  return line
    .split(/\bm?WifiInfo:? SSID: /)
    .slice(1, 9)
    .flatMap((text) => {
      const at = [...text.matchAll(addressLabel)].at(-1)?.index;
      if (at === undefined) return [];
      return [{ name: text.slice(0, at), values: labelled(text.slice(at)) }];
    });
}

function labelled(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const part of text.split(', ').slice(0, 64)) {
    const at = part.indexOf(': ');
    const label = part.slice(0, Math.max(at, 0));
    if (at > 0 && !values.has(label)) values.set(label, part.slice(at + 2).trim());
  }
  return values;
}

/** Android 12 and later may have two networks at once. */
function primaryOf(infos: readonly WifiInfo[]): WifiInfo | undefined {
  return (
    infos.find((info) => info.values.get('IsPrimary') === '1' && joinedOf(info) === true) ??
    infos.find((info) => joinedOf(info) === true) ??
    infos[0]
  );
}

/** android.net.wifi.SupplicantState. */
function joinedOf({ values }: WifiInfo): boolean | null {
  const state = values.get('Supplicant state');
  if (state === undefined || !/^[A-Z_0-9]{1,32}$/.test(state)) return null;
  return state === 'COMPLETED';
}

const noNetwork = { ssid: null, rssiDbm: null, linkMbps: null, frequencyMhz: null, security: null };

function networkOf({ name, values }: WifiInfo, lines: readonly string[]) {
  const number = (label: string, unit: string) => numberOf(values.get(label), unit);
  const rssiDbm = number('RSSI', '');
  const linkMbps = number('Link speed', 'Mbps');
  const frequencyMhz = number('Frequency', 'MHz');
  const type = values.get('Security type');
  return {
    ssid: nameOf(name),
    rssiDbm: rssiDbm !== null && rssiDbm > -127 && rssiDbm < 0 ? rssiDbm : null,
    linkMbps: linkMbps !== null && linkMbps > 0 ? linkMbps : null,
    frequencyMhz: frequencyMhz !== null && frequencyMhz > 0 ? frequencyMhz : null,
    security:
      type === undefined
        ? securityOfConfigured(lines, numberOf(values.get('Net ID'), ''))
        : securityOfType(integerOf(type)),
  };
}

function numberOf(text: string | undefined, unit: string): number | null {
  return integerOf(text?.endsWith(unit) === true ? text.slice(0, text.length - unit.length) : text);
}

/** Quoted where it is text; `<unknown ssid>` where it may not be told. */
function nameOf(text: string): string | null {
  if (text === '' || text === '<unknown ssid>' || text === '<none>' || text.length > 128)
    return null;
  const isQuoted = text.length >= 2 && text.startsWith('"') && text.endsWith('"');
  const name = isQuoted ? text.slice(1, -1) : text;
  return name === '' ? null : name;
}
