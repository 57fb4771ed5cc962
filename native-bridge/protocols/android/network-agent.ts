/**
 * One `NetworkAgentInfo{…}` line of `dumpsys connectivity`: `ni{…}` the legacy state, `lp{{…}}` the
 * link's properties (LinkProperties.toString), `nc{[…]}` its capabilities (NetworkCapabilities).
 * Android 7 to 9 print lists as `[a,b,]`, later ones as `[ a,b ]`; addresses may begin with `/`.
 */

export interface LinkProperties {
  readonly interfaceName: string | null;
  readonly address: string | null;
  readonly gateway: string | null;
  readonly dns: string | null;
  readonly privateDnsMode: 'hostname' | 'opportunistic' | null;
  readonly privateDnsHost: string | null;
  readonly proxy: string | null;
}

export interface Agent {
  readonly id: string | null;
  readonly isConnected: boolean;
  readonly transports: readonly string[];
  readonly capabilities: readonly string[] | null;
  /** The private name server that is set does not answer; Android 11 and later say so. */
  readonly isPrivateDnsBroken: boolean;
  readonly properties: LinkProperties;
  readonly vpnPackage: string | null;
}

/** A network's name may hold anything, also what looks like a part of this line. */
const quoted = /"[^"]{0,64}"/g;

export function readAgent(line: string): Agent {
  const plain = line.replaceAll(quoted, '""');
  const state = between(plain, 'ni{', '}') ?? '';
  const properties = between(plain, 'lp{{', '}}') ?? between(plain, 'lp{', '}  nc{') ?? '';
  const capabilities = behind(plain, 'nc{') ?? behind(plain, 'nc=') ?? '';
  return {
    id: /network\{(\d{1,9})\}/.exec(plain)?.[1] ?? null,
    isConnected: /\bCONNECTED\b/.test(state),
    transports: listed(capabilities, /\bTransports: ([A-Z_|]{1,256})/, '|') ?? [],
    capabilities: listed(capabilities, /\bCapabilities: ([A-Z0-9_&]{1,2048})/, '&'),
    isPrivateDnsBroken: /\bPrivateDnsBroken\b/.test(capabilities),
    properties: readProperties(properties),
    vpnPackage: /\bextra: VPN:([\w.]{1,256})/.exec(state)?.[1] ?? null,
  };
}

const listed = (text: string, pattern: RegExp, separator: string) =>
  pattern.exec(text)?.[1]?.split(separator) ?? null;

function readProperties(text: string): LinkProperties {
  const addresses = listOf(text, 'LinkAddresses')?.map((each) => each.split('/')[0] ?? '');
  const dns = listOf(text, 'DnsAddresses')?.map((each) => each.slice(each.indexOf('/') + 1));
  const routes = listOf(text, 'Routes');
  const host = /\bPrivateDnsServerName: ([\w.-]{1,253})/.exec(text)?.[1];
  const isPrivate = /\bUsePrivateDns: true\b/.test(text);
  const isRead = addresses !== undefined;
  return {
    interfaceName: /\bInterfaceName: ([\w.:@-]{1,32})/.exec(text)?.[1] ?? null,
    address: addresses === undefined ? null : addressOf(addresses),
    gateway: routes === undefined ? null : gatewayOf(routes),
    dns: dns?.join(',') ?? null,
    privateDnsMode: host !== undefined ? 'hostname' : isPrivate ? 'opportunistic' : null,
    privateDnsHost: host ?? (isRead ? '' : null),
    proxy: isRead ? proxyOf(text) : null,
  };
}

const isIpv4 = (address: string) => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address);

function addressOf(addresses: readonly string[]): string {
  const wide = addresses.filter(
    (each) => /^[0-9a-f:.]{2,45}$/i.test(each) && !/^fe80:/i.test(each),
  );
  return wide.find(isIpv4) ?? wide[0] ?? '';
}

/** `0.0.0.0/0 -> 192.168.0.1 wlan0 mtu 0`; a link without a gateway has `0.0.0.0` there. */
function gatewayOf(routes: readonly string[]): string {
  const hops = ['0.0.0.0/0', '::/0'].flatMap((target) =>
    routes.filter((route) => route.startsWith(`${target} -> `)).map((route) => route.split(' ')[2]),
  );
  return hops.find((hop) => hop !== undefined && hop !== '0.0.0.0' && hop !== '::') ?? '';
}

/** ProxyInfo.toString: `[host] port`, with a list of exceptions behind, or `PAC Script: address`. */
function proxyOf(text: string): string | null {
  const proxy = behind(text, 'HttpProxy: ');
  if (proxy === null) return '';
  const script = /^PAC Script: (\S{1,1024})/.exec(proxy)?.[1];
  if (script !== undefined) return script;
  const direct = /^\[([^\]\s]{1,253})\] (\d{1,5})\b/.exec(proxy);
  if (direct !== null) return `${direct[1] ?? ''}:${direct[2] ?? ''}`;
  return /^(?:null\b|\[\] 0\b)/.test(proxy) ? '' : null;
}

function listOf(text: string, label: string): string[] | undefined {
  const list = between(text, `${label}: [`, ']');
  return list
    ?.split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function behind(text: string, label: string): string | null {
  const at = text.indexOf(label);
  return at < 0 ? null : text.slice(at + label.length);
}

function between(text: string, open: string, close: string): string | null {
  const rest = behind(text, open);
  const end = rest?.indexOf(close) ?? -1;
  return rest === null || end < 0 ? null : rest.slice(0, end);
}
