/** Reading a terminal: all that its profile knows, or the values asked for. */
import type { Params, Progress, Result } from '../contract/requests.ts';
import type { Reading, ReadingName } from '../contract/reading.ts';
import type { Context } from './context.ts';
import { readingsOf, takeAndTell } from './readings/take-readings.ts';
import { theCase } from './the-case.ts';
import { unlessSilent } from './unless-silent.ts';

/** Many come with one answer, and each question is waited for some seconds. */
const mostUnanswered = 4;

export async function* readTerminal(
  context: Context,
  { terminalId, names }: Params<'readTerminal'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'readTerminal'>, Result<'readTerminal'>, void> {
  const connection = context.connections.get(terminalId);
  const { profile } = connection;
  const read = new Map<ReadingName, Reading>();
  const heard = unlessSilent(mostUnanswered);
  const wanted = names ?? readingsOf(profile);
  const detail = { key: 'activity_reading', facts: {} };
  const hold = await connection.use('read', 'reading', detail, signal);
  try {
    for await (const taken of takeAndTell(connection.session, profile, wanted, signal)) {
      if ('reading' in taken) read.set(taken.reading.name, taken.reading);
      yield taken;
      if ('reading' in taken) heard(taken.reading.failure);
    }
  } finally {
    hold.release();
  }
  const { id } = await theCase(context, connection, null);
  const readings = wanted.flatMap((name) => read.get(name) ?? []);
  const atUtc = new Date().toISOString();
  await context.records.appendEvent(id, { kind: 'readings', atUtc, readings });
  return { terminal: connection.view(), readings };
}
