/** How a joined network is secured, in one word; `open` where it is not. */

/** android.net.wifi.WifiInfo.SECURITY_TYPE_*, by number (Android 12 and later). */
const types = [
  'open',
  'wep',
  'psk',
  'eap',
  'sae',
  'eap-192',
  'owe',
  'wapi-psk',
  'wapi-cert',
  'eap-wpa3',
  'osen',
  'passpoint',
  'passpoint',
  'dpp',
] as const;

export function securityOfType(type: number | null): string | null {
  return type === null ? null : (types[type] ?? null);
}

/** WifiConfiguration.KeyMgmt, as WifiConfiguration.toString names them. */
const keyManagement: ReadonlyMap<string, string> = new Map([
  ['WPA_PSK', 'psk'],
  ['WPA2_PSK', 'psk'],
  ['FT_PSK', 'psk'],
  ['WPA_EAP', 'eap'],
  ['WPA_EAP IEEE8021X', 'eap'],
  ['IEEE8021X', 'eap'],
  ['SAE', 'sae'],
  ['OWE', 'owe'],
  ['SUITE_B_192', 'eap-192'],
]);

const MAX_CONFIGURATION_LINES = 24;

/** Of the configured network `id`: ` KeyMgmt: WPA_PSK Protocols: …`, ` AuthAlgorithms: …`. */
export function securityOfConfigured(lines: readonly string[], id: number | null): string | null {
  if (id === null || id < 0) return null;
  const start = new RegExp(`^[\\s*-]{0,8}(?:DSBLE )?ID: ${id} SSID: `);
  const at = lines.findIndex((line) => start.test(line));
  if (at < 0) return null;
  const block = lines.slice(at, at + MAX_CONFIGURATION_LINES);
  const keys = block.map(
    (line) => /\bKeyMgmt:((?: [A-Z0-9_]{1,24}){0,8})(?: Protocols:|\s*$)/.exec(line)?.[1],
  );
  const named = keys.find((each) => each !== undefined)?.trim();
  if (named === undefined) return null;
  return named === 'NONE' ? openOrWep(block) : (keyManagement.get(named) ?? null);
}

/** WEP has no key management either; it sets how to authenticate, which an open network leaves out. */
function openOrWep(block: readonly string[]): string | null {
  const line = block.find((each) => each.includes('AuthAlgorithms:'));
  if (line === undefined) return null;
  return /AuthAlgorithms:\s*(?:PairwiseCiphers:|$)/.test(line) ? 'open' : null;
}
