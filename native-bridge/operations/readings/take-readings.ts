/**
 * Takes readings one after another: each a value with unit, time, source and raw text, or a reason.
 * Those that the profile has sampled come last, all from one window (sample-window.ts) that is told
 * before it begins.
 */
import { readingNames, type Reading, type ReadingName } from '../../contract/reading.ts';
import type { SamplingWindow } from '../../contract/reading.ts';
import type { TerminalSession } from '../../connections/terminal-session.ts';
import type { Source } from '../../terminals/profile-source.ts';
import type { Profile } from '../../terminals/profile.ts';
import { readerOver } from './reader-over.ts';
import { sampleWindow, windowMs, type Sampled } from './sample-window.ts';
import { takeOne } from './take-one.ts';

export { endsReading } from './take-one.ts';

/** A reading, or the time that the next ones take. */
export type Taken = { readonly reading: Reading } | { readonly sampling: SamplingWindow };

/** The readings this model has, in the vocabulary's order. */
export function readingsOf(profile: Profile): ReadingName[] {
  return readingNames.filter((name) => profile.readings.has(name));
}

/**
 * Yields each reading as it comes. A value that can't be read is a reading with a failure; only a
 * port that went or a cancel ends the sequence with an error. `reader`: what it has asked before is
 * not asked again.
 */
export async function* takeAndTell(
  session: TerminalSession,
  profile: Profile,
  names: readonly ReadingName[],
  signal: AbortSignal,
  reader = readerOver(session, signal),
): AsyncGenerator<Taken, void, void> {
  const sampled: Sampled[] = [];
  reader.expect(onceRead(profile, names));
  for (const name of names) {
    const source = profile.readings.get(name);
    if (source?.sample) sampled.push({ ...source, name, sample: source.sample });
    else if (source) yield { reading: await takeOne(reader, name, source, signal) };
  }
  if (sampled.length === 0) return;
  const untilUtc = new Date(Date.now() + windowMs(sampled)).toISOString();
  yield { sampling: { names: sampled.map(({ name }) => name), untilUtc } };
  for (const reading of await sampleWindow(session, sampled, signal)) yield { reading };
}

/** Where those come from that are read once. */
export function onceRead({ readings }: Profile, names: readonly ReadingName[]): Source[] {
  return names.flatMap((name) => {
    const how = readings.get(name);
    return how && how.sample === null ? [how.source] : [];
  });
}

/** The readings alone. */
export async function* takeReadings(
  session: TerminalSession,
  profile: Profile,
  names: readonly ReadingName[],
  signal: AbortSignal,
): AsyncGenerator<Reading, void, void> {
  for await (const taken of takeAndTell(session, profile, names, signal)) {
    if ('reading' in taken) yield taken.reading;
  }
}
