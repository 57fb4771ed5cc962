/** The statistics groups. All values are unsigned; `_p200` is dBm + 200, 0 where there is none. */
import type { Terminal } from './terminal.ts';

type Fields = Readonly<Record<string, number>>;

const HEALTH_CODES = { good: 1, overheat: 2, worn: 3 } as const;
const LINK_CODES = { none: 0, wifi: 1, cellular: 2 } as const;
/** Reading the network measures it. */
const PROBE_MS = 60;

export const statisticsNames = ['battery', 'net', 'wifi', 'cell', 'pay', 'qr', 'sys'] as const;
export type StatisticsName = (typeof statisticsNames)[number];

export function isStatisticsName(name: string): name is StatisticsName {
  return (statisticsNames as readonly string[]).includes(name);
}

export function statisticsBusyMs(name: StatisticsName): number {
  return name === 'net' ? PROBE_MS : 0;
}

/** Null where they can't be read. */
export function statistics(terminal: Terminal, name: StatisticsName, atMs: number): Fields | null {
  switch (name) {
    case 'battery':
      return battery(terminal);
    case 'net':
      return network(terminal);
    case 'wifi':
      return wifi(terminal);
    case 'cell':
      return cell(terminal);
    case 'pay':
      return terminal.ledger();
    case 'qr':
      return codes(terminal, atMs);
    case 'sys':
      return { uptime_s: Math.floor(terminal.uptimeSeconds(atMs)), resets: terminal.resets };
  }
}

/** Codes shown since the start, and how many of these have run out. */
function codes(terminal: Terminal, atMs: number): Fields {
  const validity = Number(terminal.settings.active('qr/validity_s'));
  const expired = Math.floor(terminal.uptimeSeconds(atMs) / validity);
  return { shown: expired + 1, expired };
}

function battery(terminal: Terminal): Fields | null {
  const state = terminal.battery();
  if (state === null) return null;
  return {
    level_pct: state.levelPercent,
    mv: state.millivolts,
    temp_c10: Math.round(state.celsius * 10),
    charging: Number(state.charging),
    plugged: Number(state.plugged),
    health: HEALTH_CODES[state.health],
    cycles: state.cycles,
  };
}

function network(terminal: Terminal): Fields {
  const host = terminal.network.paymentHost();
  const probe = terminal.network.probe(host);
  const lost = probe.sent === 0 ? 0 : (100 * (probe.sent - probe.received)) / probe.sent;
  return {
    link: LINK_CODES[terminal.network.interface().link],
    dns_ok: Number(terminal.network.resolve(host) !== null),
    host_ok: Number(probe.reached),
    refused: Number(probe.reason === 'refused'),
    rtt_ms: probe.rtt.avg,
    loss_pct: Math.round(lost),
    large_ok: Number(probe.largePassed > 0),
  };
}

function wifi(terminal: Terminal): Fields {
  const state = terminal.network.wifi();
  const joined = state.state === 'COMPLETED';
  return {
    joined: Number(joined),
    rssi_p200: joined ? state.rssiDbm + 200 : 0,
    portal: Number(state.portal !== null),
  };
}

function cell(terminal: Terminal): Fields {
  const state = terminal.network.cell();
  if (!state.registered) return { registered: 0, rsrp_p200: 0, sinr_p200: 0 };
  return { registered: 1, rsrp_p200: state.rsrpDbm + 200, sinr_p200: state.sinrDb + 200 };
}
