/**
 * `dumpsys connectivity` (packages/modules/Connectivity, ConnectivityService.dump). Only the agent
 * of the active default network counts: others are listed as well, such as an operator's IMS,
 * which is VALIDATED without INTERNET. A VPN's agent claims both with nothing below it, so it says
 * that the tunnel is up and nothing else: what is asked of the default network is the network's that
 * carries the tunnel.
 */
import { readAgent, type Agent } from './network-agent.ts';
import { linesOf } from './text.ts';

/** Words of `network.link`. */
export type Link = 'wifi' | 'cellular' | 'ethernet' | 'none';

export interface Connectivity {
  readonly link: Link | null;
  /** Of the default network, as are all below: '' where there is none, or it has none such. */
  readonly internet: boolean | '' | null;
  /** The system reached its test host over it. */
  readonly validated: boolean | '' | null;
  readonly captivePortal: boolean | '' | null;
  /** Of the Wi-Fi that is joined, which is not the default network while another one is better. */
  readonly wifiCaptivePortal: boolean | '' | null;
  /** It reaches some hosts and not the test host. */
  readonly partial: boolean | '' | null;
  readonly interfaceName: string | null;
  /** IPv4 where there is one, else IPv6 that is not link-local. */
  readonly address: string | null;
  readonly gateway: string | null;
  /** Separated by commas. */
  readonly dns: string | null;
  /** As it works now: null where no private name server is in use, which may be `off` or not. */
  readonly privateDnsMode: 'hostname' | 'opportunistic' | '' | null;
  readonly privateDnsHost: string | null;
  /** The private name server that is set does not answer; '' where that is not said, as before Android 11. */
  readonly privateDnsBroken: true | '' | null;
  /** Its own, and not the one of every network: `host:port`, or a script's address. */
  readonly proxy: string | null;
  /** A tunnel is connected now. */
  readonly vpnUp: boolean | null;
  /** Of the tunnel that is up; Android 12 and later tell it. */
  readonly vpnPackage: string | null;
}

const MAX_AGENTS = 64;

export function parseConnectivity(text: string): Connectivity {
  const dump = readDump(text);
  if (dump === null) return unknown;
  const { defaultId, agents, isWhole } = dump;
  const vpn = agents.find((agent) => isVpn(agent) && agent.isConnected);
  const ofOthers = {
    wifiCaptivePortal: wifiPortal(agents, isWhole),
    vpnUp: vpn === undefined && !isWhole ? null : vpn !== undefined,
    vpnPackage: vpn === undefined ? (isWhole ? '' : null) : vpn.vpnPackage,
  };
  if (defaultId === 'none') return { ...nothing, ...ofOthers };
  const agent = agents.find(({ id }) => id === defaultId);
  return { ...(agent === undefined ? unknown : ofDefault(agent, agents)), ...ofOthers };
}

function wifiPortal(agents: readonly Agent[], isWhole: boolean): boolean | '' | null {
  const wifi = agents.find(
    (agent) => !isVpn(agent) && agent.isConnected && agent.transports.includes('WIFI'),
  );
  if (wifi === undefined) return isWhole ? '' : null;
  return wifi.capabilities?.includes('CAPTIVE_PORTAL') ?? null;
}

function ofDefault(agent: Agent, agents: readonly Agent[]): Connectivity {
  if (!isVpn(agent)) return ofNetwork(agent);
  const below = belowVpn(agent, agents);
  return below === null ? { ...unknown, link: linkOf(agent.transports) } : ofNetwork(below);
}

const isVpn = ({ transports }: Agent) => transports.includes('VPN');

/**
 * The network that carries the tunnel: the one that is connected to the internet over what the
 * tunnel's agent names beside itself (`WIFI|VPN`), or over anything where it names nothing. null:
 * several could.
 */
function belowVpn(vpn: Agent, agents: readonly Agent[]): Agent | null {
  const over = vpn.transports.filter((name) => name !== 'VPN');
  const could = agents.filter(
    (agent) =>
      !isVpn(agent) &&
      agent.isConnected &&
      agent.capabilities?.includes('INTERNET') === true &&
      (over.length === 0 || agent.transports.some((name) => over.includes(name))),
  );
  return could.length === 1 ? (could[0] ?? null) : null;
}

function ofNetwork(agent: Agent): Connectivity {
  const { capabilities } = agent;
  const has = (name: string) => (capabilities === null ? null : capabilities.includes(name));
  return {
    ...unknown,
    ...agent.properties,
    link: linkOf(agent.transports),
    internet: has('INTERNET'),
    validated: has('VALIDATED'),
    captivePortal: has('CAPTIVE_PORTAL'),
    partial: has('PARTIAL_CONNECTIVITY'),
    privateDnsBroken: agent.isPrivateDnsBroken || '',
  };
}

const links: ReadonlyMap<string, Link> = new Map([
  ['WIFI', 'wifi'],
  ['CELLULAR', 'cellular'],
  ['ETHERNET', 'ethernet'],
]);

function linkOf(transports: readonly string[]): Link | null {
  const known = transports.map((name) => links.get(name)).filter((link) => link !== undefined);
  return known.length === 1 ? (known[0] ?? null) : null;
}

/** `isWhole`: the list of networks came to its end. */
function readDump(text: string) {
  let defaultId: string | null = null;
  let isListed = false;
  const agents: Agent[] = [];
  for (const line of linesOf(text)) {
    const named = /^Active default network: (none|null|\d{1,9})\s*$/.exec(line)?.[1];
    if (named !== undefined) defaultId ??= named === 'null' ? 'none' : named;
    if (line.startsWith('Current Networks:')) isListed = true;
    else if (isListed && /^\S/.test(line)) return asDump(defaultId, agents, true);
    else if (isListed && agents.length < MAX_AGENTS && /^ {1,4}NetworkAgentInfo ?[{[]/.test(line)) {
      agents.push(readAgent(line));
    }
  }
  return asDump(defaultId, agents, false);
}

const asDump = (defaultId: string | null, agents: readonly Agent[], isWhole: boolean) =>
  defaultId === null ? null : { defaultId, agents, isWhole };

const unknown: Connectivity = {
  link: null,
  internet: null,
  validated: null,
  captivePortal: null,
  wifiCaptivePortal: null,
  partial: null,
  interfaceName: null,
  address: null,
  gateway: null,
  dns: null,
  privateDnsMode: null,
  privateDnsHost: null,
  privateDnsBroken: null,
  proxy: null,
  vpnUp: null,
  vpnPackage: null,
};

const nothing: Connectivity = {
  link: 'none',
  internet: '',
  validated: '',
  captivePortal: '',
  wifiCaptivePortal: null,
  partial: '',
  interfaceName: '',
  address: '',
  gateway: '',
  dns: '',
  privateDnsMode: '',
  privateDnsHost: '',
  privateDnsBroken: '',
  proxy: '',
  vpnUp: null,
  vpnPackage: null,
};
