/**
 * The declared time in which readings are taken again and again. All of a terminal's sampled
 * readings share it. Each is due at whole multiples of its interval from the start, the window's end
 * included; what is due at the same moment is asked in one go over the lock-step line, and readings
 * of one command share its reply. A line that is too slow skips what it missed, so that nothing
 * piles up and the window ends when it was said to.
 */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { Reading, ReadingName } from '../../contract/reading.ts';
import type { TerminalSession } from '../../connections/terminal-session.ts';
import { pause } from '../../ports/pause.ts';
import type { ReadingSource, Sampling } from '../../terminals/profile-source.ts';
import { excerpt } from '../plain-text.ts';
import { sourceText } from './raw.ts';
import { readerOver } from './reader-over.ts';
import { fromSamples, leastSamples } from './from-samples.ts';
import { attempt, caveatOf, type Attempt } from './take-one.ts';

/** What is due at the end of the window may still be answered for so long. */
const lastAnswerMs = 1_000;

export interface Sampled extends ReadingSource {
  readonly name: ReadingName;
  readonly sample: Sampling;
}

interface Series {
  readonly what: Sampled;
  readonly taken: Attempt[];
  dueMs: number;
}

/** How long these take together: the longest of their windows. */
export function windowMs(sampled: readonly Sampled[]): number {
  return Math.max(0, ...sampled.map(({ sample }) => sample.forMs));
}

/** Takes `windowMs` and the last answer. Throws at once when cancelled or the port is gone. */
export async function sampleWindow(
  session: TerminalSession,
  sampled: readonly Sampled[],
  signal: AbortSignal,
): Promise<Reading[]> {
  const ended = new AbortController();
  void session.closed.then((why) => ended.abort(why ?? new BridgeFault('cancelled')));
  const stop = AbortSignal.any([signal, ended.signal]);
  const startMs = performance.now();
  const forMs = windowMs(sampled);
  const all = sampled.map((what): Series => ({ what, taken: [], dueMs: 0 }));
  for (;;) {
    const dueMs = Math.min(...all.map((series) => series.dueMs));
    if (dueMs > forMs) break;
    await pauseUnlessStopped(startMs + dueMs - performance.now(), stop);
    const due = all.filter((series) => series.dueMs === dueMs);
    await takeDue(session, due, startMs + forMs + lastAnswerMs, signal);
    const passedMs = performance.now() - startMs;
    for (const series of due) series.dueMs = nextDueMs(series, passedMs);
  }
  return all.map((series) => readingOf(series, forMs));
}

function nextDueMs({ what, dueMs }: Series, passedMs: number): number {
  const { everyMs } = what.sample;
  return Math.max(dueMs + everyMs, Math.ceil(passedMs / everyMs) * everyMs);
}

async function takeDue(
  session: TerminalSession,
  due: readonly Series[],
  untilMs: number,
  signal: AbortSignal,
): Promise<void> {
  // What one command tells several readings is asked once now, and again the next time.
  const reader = readerOver(session, signal, untilMs);
  reader.expect(due.map(({ what }) => what.source));
  for (const { what, taken } of due) {
    if (performance.now() < untilMs) taken.push(await attempt(reader, what, signal));
  }
}

function readingOf({ what, taken }: Series, forMs: number): Reading {
  const numbers = taken.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  const asked = sourceText(what.source);
  const base = {
    name: what.name,
    unit: what.unit,
    atUtc: new Date().toISOString(),
    source: `${asked} (${taken.length} samples in ${forMs / 1000} s)`,
    raw: excerpt(taken.map(sampleText).join(', ')),
    caveat: caveatOf(what),
  };
  if (numbers.length >= leastSamples) {
    const value = fromSamples(numbers, what.sample.as, what.unit);
    return { ...base, value: rounded(value, what.type), failure: null };
  }
  // It had none all the time, as a radio that is not joined: nothing failed.
  if (taken.length > 0 && taken.every(isNone)) return { ...base, value: null, failure: null };
  return { ...base, value: null, failure: whyTooFew(asked, taken, numbers.length) };
}

function whyTooFew(command: string, taken: readonly Attempt[], count: number): Reading['failure'] {
  const failed = taken.findLast(({ failure }) => failure !== null)?.failure;
  if (failed) return failed;
  const facts = { command, samples: count, needed: leastSamples };
  return faultOf(new BridgeFault('samples-too-few', facts));
}

function isNone({ value, failure }: Attempt): boolean {
  return value === null && failure === null;
}

/** As it stands among the samples: `–` where there was none, the reason where it could not be read. */
function sampleText({ value, failure }: Attempt): string {
  return failure === null ? String(value ?? '–') : `[${failure.code}]`;
}

function rounded(value: number, type: ReadingSource['type']): number {
  return type === 'integer' ? Math.round(value) : Number(value.toFixed(3));
}

/** Throws the signal's reason as a fault. */
async function pauseUnlessStopped(ms: number, stop: AbortSignal): Promise<void> {
  if (ms > 0) await pause(ms, stop);
  if (stop.aborted) throw BridgeFault.of(faultOf(stop.reason, true));
}
