/** The VPN: whether it is up, since when, and how often it dropped since the start. */
import type { FaultSet } from '../../faults.ts';
import type { Settings } from '../settings.ts';

export interface TunnelState {
  readonly state: 'up' | 'connecting' | 'refused' | 'off' | 'no link';
  readonly ageSeconds: number;
  readonly drops: number;
}

const FLAPPING_PERIOD_SECONDS = 12;
const FLAPPING_UP_SECONDS = 9;
/** Somebody has watched it drop for a while. */
const DROPS_BEFORE = 5;

export function tunnelState(
  settings: Settings,
  faults: FaultSet,
  { linked, uptimeSeconds }: { readonly linked: boolean; readonly uptimeSeconds: number },
): TunnelState {
  const none = { ageSeconds: 0, drops: 0 };
  if (settings.active('vpn/enabled') !== '1') return { state: 'off', ...none };
  if (!linked) return { state: 'no link', ...none };
  if (faults.has('vpn-down')) return { state: 'refused', ...none };
  if (faults.has('vpn-flapping')) return flapping(uptimeSeconds);
  return { state: 'up', ageSeconds: Math.floor(uptimeSeconds), drops: 0 };
}

function flapping(uptimeSeconds: number): TunnelState {
  const sinceUp = uptimeSeconds % FLAPPING_PERIOD_SECONDS;
  const drops = DROPS_BEFORE + Math.floor(uptimeSeconds / FLAPPING_PERIOD_SECONDS);
  return sinceUp < FLAPPING_UP_SECONDS
    ? { state: 'up', ageSeconds: Math.floor(sinceUp), drops }
    : { state: 'connecting', ageSeconds: 0, drops: drops + 1 };
}
