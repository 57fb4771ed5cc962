/**
 * Loss and jitter as a shop's network shows them: connections opened one after another, each closed
 * at once. A first packet that is lost is sent again after a second (RFC 6298, 2.1), so a
 * connection that takes longer than the limit has lost one.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { SampleStatistics } from '../contract/probe.ts';
import { connectTcp, type Place } from './connect.ts';
import { within } from './deadline.ts';
import { ProbeError } from './probe-error.ts';

export interface Sampling {
  readonly count: number;
  /** From the start of one to the start of the next. */
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

export const usualSampling: Sampling = { count: 5, intervalMs: 200, timeoutMs: 900 };

export async function takeSamples(
  place: Place,
  { count, intervalMs, timeoutMs }: Sampling,
  signal: AbortSignal,
): Promise<SampleStatistics> {
  const times: (number | null)[] = [];
  for (let at = 0; at < count; at++) {
    const startedMs = performance.now();
    times.push(await oneSample(place, timeoutMs, signal));
    const restMs = intervalMs - (performance.now() - startedMs);
    if (at < count - 1 && restMs > 0) await delay(restMs, undefined, { signal });
  }
  return statisticsOf(times);
}

async function oneSample(
  place: Place,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<number | null> {
  const startedMs = performance.now();
  try {
    const socket = await within(timeoutMs, signal, (deadline) => connectTcp(place, deadline));
    socket.destroy();
    return rounded(performance.now() - startedMs);
  } catch (error) {
    if (error instanceof ProbeError) return null;
    throw error;
  }
}

export function statisticsOf(timesMs: readonly (number | null)[]): SampleStatistics {
  const answered = timesMs.filter((time) => time !== null);
  const lost = timesMs.length - answered.length;
  const some = answered.length > 0;
  const steps = answered.slice(1).map((time, at) => Math.abs(time - (answered[at] ?? time)));
  return {
    count: timesMs.length,
    lost,
    lossPercent: timesMs.length === 0 ? 0 : rounded((lost / timesMs.length) * 100),
    meanMs: some ? mean(answered) : null,
    minMs: some ? Math.min(...answered) : null,
    maxMs: some ? Math.max(...answered) : null,
    jitterMs: steps.length > 0 ? mean(steps) : null,
    timesMs: [...timesMs],
  };
}

const mean = (values: readonly number[]): number =>
  rounded(values.reduce((sum, value) => sum + value, 0) / values.length);
const rounded = (value: number): number => Math.round(value * 10) / 10;
