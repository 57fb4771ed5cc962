/** How well requests get through, once they do: loss, times, large ones. */
import type { Random } from '../../engine/random.ts';
import type { FaultSet } from '../../faults.ts';
import type { Link } from './resolvers.ts';

export interface Quality {
  readonly sent: number;
  readonly received: number;
  readonly rtt: { readonly min: number; readonly avg: number; readonly max: number };
  readonly jitterMs: number;
  readonly largePassed: number;
}

export const REQUESTS = 10;
const BASE_RTT_MS = { wifi: 38, cellular: 71, ethernet: 14, none: 0 };
const WEAK_RTT_MS = 164;
const SLOW_RTT_MS = 1812;

export function quality(
  link: Link,
  tunnelMs: number,
  { faults, random }: { readonly faults: FaultSet; readonly random: Random },
): Quality {
  const weak =
    (link === 'wifi' && faults.has('wifi-weak')) ||
    (link === 'cellular' && faults.has('cellular-weak'));
  const usual = (weak ? WEAK_RTT_MS : BASE_RTT_MS[link]) + tunnelMs;
  const avg = faults.has('slow-network') ? SLOW_RTT_MS : usual;
  const lost = faults.has('packet-loss') ? 4 : weak ? 1 : 0;
  return {
    sent: REQUESTS,
    received: REQUESTS - lost,
    largePassed: faults.has('mtu-blackhole') ? 0 : 3,
    ...(faults.has('jittery-network') ? jittery(avg, random) : steady(avg)),
  };
}

function steady(avg: number): Pick<Quality, 'rtt' | 'jitterMs'> {
  const rtt = { min: Math.round(avg * 0.82), avg, max: Math.round(avg * 1.37) };
  return { rtt, jitterMs: Math.round(avg * 0.16) };
}

/** Some are quick, others wait behind something. */
function jittery(usual: number, random: Random): Pick<Quality, 'rtt' | 'jitterMs'> {
  const times = Array.from(
    { length: REQUESTS },
    (_, index) => usual + (index % 2) * 380 + random.below(160),
  );
  const steps = times.slice(1).map((time, index) => Math.abs(time - (times[index] ?? time)));
  const rtt = { min: Math.min(...times), avg: mean(times), max: Math.max(...times) };
  return { rtt, jitterMs: mean(steps) };
}

function mean(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
}
