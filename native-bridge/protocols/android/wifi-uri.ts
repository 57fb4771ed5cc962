/**
 * A Wi-Fi network as its QR code says it: `WIFI:T:WPA;S:name;P:password;;` (WPA3 Specification, URI
 * format; `T:SAE` is what Android itself writes for WPA3). `\` stands before `\`, `;`, `,`, `:` and `"`.
 */
export interface WifiNetwork {
  /** At most 32 bytes (IEEE 802.11). */
  readonly ssid: string;
  /** As `cmd wifi connect-network` calls it. */
  readonly security: 'open' | 'owe' | 'wpa2' | 'wpa3';
  /** null: it has none. */
  readonly passphrase: string | null;
}

const securities: Readonly<Record<string, WifiNetwork['security']>> = {
  '': 'open',
  nopass: 'open',
  owe: 'owe',
  wpa: 'wpa2',
  sae: 'wpa3',
};

/** null: it is no such text, or a network that is entered otherwise (WEP, a user's own password). */
export function parseWifiUri(text: string): WifiNetwork | null {
  const body = /^WIFI:(.*);$/is.exec(text)?.[1];
  if (body === undefined) return null;
  const fields = new Map<string, string>();
  for (const [, name = '', value = ''] of body.matchAll(/([A-Z]):((?:\\.|[^\\;])*);/gis)) {
    if (!fields.has(name.toUpperCase())) fields.set(name.toUpperCase(), unescaped(value));
  }
  const ssid = fields.get('S') ?? '';
  const security = securities[(fields.get('T') ?? '').toLowerCase()];
  const password = fields.get('P') ?? '';
  const needsPassword = security === 'wpa2' || security === 'wpa3';
  if (security === undefined || ssid === '' || needsPassword !== (password !== '')) return null;
  if (new TextEncoder().encode(ssid).length > 32) return null;
  return { ssid, security, passphrase: needsPassword ? password : null };
}

const unescaped = (value: string): string => value.replaceAll(/\\(.)/gs, '$1');
