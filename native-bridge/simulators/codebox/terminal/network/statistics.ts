/** What the statistics say of the network. Reading `net` measures it. */
import type { Group } from '../statistics.ts';
import type { Handshake } from './network.ts';

const LINK_CODES = { none: 0, wifi: 1, cellular: 2, ethernet: 3 } as const;
const SIM_CODES = { ready: 1, absent: 2, locked: 3, blocked: 4, expired: 5 } as const;
const TLS_CODES = {
  'not yet valid': 2,
  expired: 3,
  'name mismatch': 4,
  'unknown issuer': 5,
} as const;
const TLS_FAILED = 6;

const net: Group = ({ network }) => {
  const host = network.paymentHost();
  const probe = network.probe(host);
  const lost = probe.sent === 0 ? 0 : (100 * (probe.sent - probe.received)) / probe.sent;
  return {
    link: LINK_CODES[network.interface().link],
    dns_ok: Number(network.resolve(host) !== null),
    dns2_ok: Number(network.resolve(host, network.secondResolver()) !== null),
    host_ok: Number(probe.reached),
    refused: Number(probe.reason === 'refused'),
    rtt_ms: probe.rtt.avg,
    jitter_ms: probe.jitterMs,
    loss_pct: Math.round(lost),
    large_ok: Number(probe.largePassed > 0),
    tls: tlsCode(network.handshake(host)),
  };
};

/** 0: there was no connection to try it over. */
function tlsCode({ problems, failure }: Handshake): number {
  if (failure !== null) return failure === 'no connection' ? 0 : TLS_FAILED;
  const [first] = problems;
  return first === undefined ? 1 : TLS_CODES[first];
}

const wifi: Group = ({ network }) => {
  const state = network.wifi();
  const joined = state.state === 'COMPLETED';
  return {
    joined: Number(joined),
    rssi_p200: joined ? state.rssiDbm + 200 : 0,
    portal: Number(state.portal !== null),
  };
};

const cell: Group = ({ network }) => {
  const { sim, registered, rsrpDbm, sinrDb } = network.cell();
  return {
    registered: Number(registered),
    sim: SIM_CODES[sim],
    rsrp_p200: registered ? rsrpDbm + 200 : 0,
    sinr_p200: registered ? sinrDb + 200 : 0,
    data_ok: Number(network.cellPasses),
  };
};

const vpn: Group = ({ network }) => {
  const { state, ageSeconds, drops } = network.tunnel();
  return { up: Number(state === 'up'), age_s: ageSeconds, drops };
};

export const networkStatistics: Readonly<Record<string, Group>> = { net, wifi, cell, vpn };
