/** The statistics groups. All values are unsigned; `_p200` is dBm or dB + 200, 0 where there is none. */
import type { Model } from '../models/model.ts';
import { networkStatistics } from './network/statistics.ts';
import type { Terminal } from './terminal.ts';

export type Fields = Readonly<Record<string, number>>;
/** Null where they can't be read. */
export type Group = (terminal: Terminal, atMs: number) => Fields | null;

const HEALTH_CODES = { good: 1, overheat: 2, worn: 3 } as const;
const SELF_TEST_CODES = { ok: 0, 'no answer': 1, illumination: 2 } as const;
const PRINTER_CODES = { ready: 0, 'paper out': 1, 'lid open': 2, overheated: 3 } as const;
/** Reading the network measures it. */
const PROBE_MS = 60;

const battery: Group = (terminal) => {
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
};

const device: Group = (terminal) => {
  const state = terminal.standing();
  return {
    activated: Number(state.activated),
    params: Number(state.parameters),
    main_key: Number(state.mainKey === 'present'),
    signed_in: Number(state.signedIn),
    tampered: Number(state.tampered),
  };
};

/** Codes shown since the start, and how many of these have run out. */
const codes: Group = (terminal, atMs) => {
  if (terminal.code(atMs) === null) return { shown: 0, expired: 0 };
  const validity = Number(terminal.settings.active('qr/validity_s'));
  const expired = Math.floor(terminal.uptimeSeconds(atMs) / validity);
  return { shown: expired + 1, expired };
};

const speaker: Group = (terminal) => {
  const { volumePercent, online, played, missed } = terminal.speaker();
  return { volume_pct: volumePercent, online: Number(online), played, missed };
};

const scanner: Group = (terminal) => {
  const { selfTest, averageMs, reads, misses } = terminal.scanner.state();
  return { self_test: SELF_TEST_CODES[selfTest], decode_ms: averageMs ?? 0, reads, misses };
};

const printer: Group = (terminal) => {
  const { state, headCelsius } = terminal.printer();
  return { state: PRINTER_CODES[state], head_c10: headCelsius * 10 };
};

const always: Readonly<Record<string, Group>> = {
  battery,
  ...networkStatistics,
  dev: device,
  pay: (terminal) => terminal.ledger(),
  qr: codes,
  snd: speaker,
  sys: (terminal, atMs) => ({
    uptime_s: Math.floor(terminal.uptimeSeconds(atMs)),
    resets: terminal.resets,
  }),
};

function groupsOf({ parts }: Model): Readonly<Record<string, Group>> {
  return {
    ...always,
    ...(parts.has('scanner') ? { scan: scanner } : {}),
    ...(parts.has('printer') ? { prn: printer } : {}),
  };
}

export function statisticsNames(model: Model): string[] {
  return Object.keys(groupsOf(model));
}

export function statisticsGroup(model: Model, name: string): Group | null {
  const groups = groupsOf(model);
  return Object.hasOwn(groups, name) ? (groups[name] ?? null) : null;
}

export function statisticsBusyMs(name: string): number {
  return name === 'net' ? PROBE_MS : 0;
}
