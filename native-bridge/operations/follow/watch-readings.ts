/**
 * Follows what changes by itself, gently: one short round now and then, only while the line is idle,
 * given up as soon as anybody wants it. It is shown as no work, writes nothing into the case and does
 * not touch a recording, nor a terminal that is being recorded.
 */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Sentence } from '../../contract/common.ts';
import { followedNames, type Followed } from '../../contract/follow.ts';
import { isRecording } from '../../contract/port.ts';
import type { Reading, ReadingName } from '../../contract/reading.ts';
import type { Params, Progress, Result } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import { sentence } from '../../wording/index.ts';
import type { Context } from '../context.ts';
import { readerOver } from '../readings/reader-over.ts';
import { onceRead } from '../readings/take-readings.ts';
import { endsReading, takeOne } from '../readings/take-one.ts';
import { Alarm } from './alarm.ts';

const leastMs = 5_000;
const mostMs = 60_000;
/** A round has at most this share of the line's time. */
const share = 1 / 20;
/** All answers of a round must be there by then. */
const roundMs = 3_000;

export async function* watchReadings(
  context: Context,
  { terminalId }: Params<'watchReadings'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'watchReadings'>, Result<'watchReadings'>, void> {
  const connection = context.connections.get(terminalId);
  const alarm = new Alarm(signal);
  const unsubscribe = context.connections.subscribe(() => alarm.ring());
  let everyMs = leastMs;
  let dueMs = 0;
  let said: string | null = null;
  // Holds until the next round or until it went: that the line is free again is no answer.
  let silent: Sentence | null = null;
  try {
    while (!alarm.over && context.connections.find(terminalId) === connection) {
      const rests = restsFor(context, connection);
      if (!connection.connected) silent = null;
      if (rests === null && performance.now() >= dueMs) {
        const startMs = performance.now();
        const readings = await round(connection, signal);
        const endMs = performance.now();
        everyMs = Math.round(Math.min(mostMs, Math.max(leastMs, (endMs - startMs) / share)));
        dueMs = endMs + everyMs;
        if (readings !== null) {
          silent = silence(readings);
          said = silent?.key ?? null;
          yield { readings, rests: silent, everyMs };
        }
      } else {
        const shown = rests ?? silent;
        const key = shown?.key ?? null;
        if (key !== said) {
          said = key;
          yield { readings: [], rests: shown, everyMs } satisfies Followed;
        }
      }
      await alarm.next(rests === null ? dueMs : Infinity);
    }
    return {};
  } finally {
    unsubscribe();
  }
}

/** Why it is not asked now; null: it may be. */
function restsFor({ recordings }: Context, connection: Connection): Sentence | null {
  const { portUrl, profile, line } = connection;
  if (isRecording(portUrl)) return sentence('follow_rests_replay', {});
  if (recordings !== null) return sentence('follow_rests_recorded', {});
  if (!connection.connected) return sentence('follow_rests_away', {});
  if (followed(connection).length === 0) {
    return sentence('follow_rests_nothing', { model: profile.name });
  }
  return line.holder === null || line.holder === 'poll' ? null : sentence('follow_rests_busy', {});
}

/** What its profile asks for directly: a value that is sampled would keep the line for seconds. */
function followed({ profile, session }: Connection): ReadingName[] {
  if (session.kind === 'fastboot') return [];
  return followedNames.filter((name) => profile.readings.get(name)?.sample === null);
}

/** A terminal that sleeps or restarts: what was read before stays what is known. */
function silence(readings: readonly Reading[]): Sentence | null {
  return readings.length === 0 ? sentence('follow_rests_silent', {}) : null;
}

/** As many as there were before the line was wanted; null: it was not free, or the terminal went. */
async function round(connection: Connection, signal: AbortSignal): Promise<Reading[] | null> {
  const hold = await connection.glance(signal);
  if (hold === null) return null;
  const taken: Reading[] = [];
  try {
    const names = followed(connection);
    const reader = readerOver(connection.session, signal, performance.now() + roundMs);
    reader.expect(onceRead(connection.profile, names));
    for (const name of names) {
      const how = connection.profile.readings.get(name);
      if (how) taken.push(await takeOne(reader, name, how, signal));
      if (connection.line.wanted) break;
    }
    return taken.filter(({ failure }) => failure?.code !== 'reply-timeout');
  } catch (error) {
    // A port that went is told by the connection itself.
    if (!endsReading(faultOf(error, signal.aborted))) throw error;
  } finally {
    hold.release();
  }
  return null;
}
