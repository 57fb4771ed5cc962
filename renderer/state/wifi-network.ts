/** A Wi-Fi network that is typed in, as the terminal is told it: the text of its QR code. */

export const wifiSecurities = ['wpa2', 'wpa3', 'open'] as const;
export type WifiSecurity = (typeof wifiSecurities)[number];

export interface TypedNetwork {
  readonly ssid: string;
  readonly security: WifiSecurity;
  readonly password: string;
}

/** What is not right yet; null: it can be joined. Limits of IEEE 802.11 and of WPA's passphrases. */
export function networkLacks({
  ssid,
  security,
  password,
}: TypedNetwork): 'name' | 'password' | null {
  const nameBytes = new TextEncoder().encode(ssid).length;
  if (nameBytes === 0 || nameBytes > 32) return 'name';
  if (security === 'open') return null;
  return /^[ -~]{8,63}$/.test(password) ? null : 'password';
}

const types: Readonly<Record<WifiSecurity, string>> = { wpa2: 'WPA', wpa3: 'SAE', open: 'nopass' };

/** WPA3 Specification, URI format; '' while something lacks. */
export function networkText(network: TypedNetwork): string {
  const { ssid, security, password } = network;
  if (networkLacks(network) !== null) return '';
  const secret = security === 'open' ? '' : `P:${escaped(password)};`;
  return `WIFI:T:${types[security]};S:${escaped(ssid)};${secret};`;
}

const pattern = /^WIFI:T:(WPA|SAE|nopass);S:((?:\\.|[^\\;])*);(?:P:((?:\\.|[^\\;])*);)?;$/s;

/** What `networkText` made its text from; null: it is none of those. */
export function readNetwork(text: string): TypedNetwork | null {
  const [, type, ssid = '', password = ''] = pattern.exec(text) ?? [];
  const security = wifiSecurities.find((one) => types[one] === type);
  if (security === undefined) return null;
  return { ssid: unescaped(ssid), security, password: unescaped(password) };
}

const escaped = (text: string): string => text.replaceAll(/[\\;,:"]/g, '\\$&');
const unescaped = (text: string): string => text.replaceAll(/\\(.)/gs, '$1');
