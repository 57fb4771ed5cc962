/**
 * This computer's clock against the network's: from the Date headers of answers (RFC 9110, 6.6.1).
 * A technician's laptop that is seldom online is a poor reference, and so is one host alone when
 * another contradicts it: then the answer is unknown.
 */
import type { DateSample } from '../contract/probe-step.ts';
import type { ClockReference } from '../contract/probe.ts';
import type { Answered } from './exchange.ts';

/** The header counts whole seconds. */
const halfSecondMs = 500;
/** Hosts that differ by less tell the same time. */
const agreeMs = 30_000;

/** IMF-fixdate (RFC 9110, 5.6.7). The language's own reading takes `0` for a date. */
const written = /^\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d GMT$/;
/** A host outside of these does not know the time itself. */
const leastMs = Date.parse('2024-01-01T00:00:00Z');
const mostMs = Date.parse('2100-01-01T00:00:00Z');

/** Null where the answer has no date that can be read, or that can be. */
export function dateOf(
  { headers, sentAtMs, headersAtMs }: Answered,
  source: string,
  authentic: boolean,
): DateSample | null {
  const said = headers.date ?? '';
  const dateMs = written.test(said) ? Date.parse(said) : Number.NaN;
  if (!(dateMs >= leastMs && dateMs < mostMs)) return null;
  // An answer from a cache was made that long ago (RFC 9111, 5.1).
  const ageSeconds = /^\d{1,9}$/.test(headers.age ?? '') ? Number(headers.age) : 0;
  const hostMs = dateMs + ageSeconds * 1_000 + halfSecondMs;
  const roundTripMs = Math.max(0, headersAtMs - sentAtMs);
  return {
    source,
    authentic,
    dateUtc: new Date(dateMs).toISOString(),
    offsetMs: Math.round((sentAtMs + headersAtMs) / 2 - hostMs),
    uncertaintyMs: Math.round(halfSecondMs + roundTripMs / 2 + (ageSeconds > 0 ? 1_000 : 0)),
  };
}

/** Of probes, status answers and portal tests alike: whatever brought a date. */
export function clockReference(
  probes: readonly { readonly date: DateSample | null }[],
): ClockReference {
  const bySource = new Map<string, DateSample>();
  for (const { date } of probes) {
    if (date !== null) bySource.set(date.source, date);
  }
  const dates = [...bySource.values()].sort((a, b) => a.offsetMs - b.offsetMs);
  const middle = dates[Math.floor((dates.length - 1) / 2)];
  if (middle === undefined) return unknown('no-source', []);
  const agreeing = dates.filter((date) => Math.abs(date.offsetMs - middle.offsetMs) <= agreeMs);
  if (agreeing.length * 2 <= dates.length) return unknown('sources-disagree', dates);
  const best = agreeing.reduce((a, b) => (b.uncertaintyMs < a.uncertaintyMs ? b : a));
  return {
    offsetMs: best.offsetMs,
    uncertaintyMs: best.uncertaintyMs,
    sources: agreeing.map(({ source }) => source),
    reason: null,
  };
}

function unknown(
  reason: NonNullable<ClockReference['reason']>,
  dates: readonly DateSample[],
): ClockReference {
  const sources = dates.map(({ source }) => source);
  return { offsetMs: null, uncertaintyMs: null, sources, reason };
}
