/** Reading a terminal: all that its profile knows, or the values asked for. */
import type { Params, Progress, Result } from '../contract/requests.ts';
import type { Reading } from '../contract/reading.ts';
import type { Context } from './context.ts';
import { readingsOf, takeReadings } from './readings/take-readings.ts';
import { theCase } from './the-case.ts';

export async function* readTerminal(
  context: Context,
  { terminalId, names }: Params<'readTerminal'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'readTerminal'>, Result<'readTerminal'>, void> {
  const connection = context.connections.get(terminalId);
  const { profile } = connection;
  const readings: Reading[] = [];
  const detail = { key: 'activity_reading', facts: {} };
  const hold = await connection.use('read', 'reading', detail, signal);
  try {
    const wanted = names ?? readingsOf(profile);
    for await (const reading of takeReadings(connection.session, profile, wanted, signal)) {
      readings.push(reading);
      yield { reading };
    }
  } finally {
    hold.release();
  }
  const { id } = await theCase(context, connection, null);
  const atUtc = new Date().toISOString();
  await context.records.appendEvent(id, { kind: 'readings', atUtc, readings });
  return { terminal: connection.view(), readings };
}
