/**
 * All that the terminal itself is asked for one diagnosis: its settings first, then readings. What
 * both come from is asked once. The line is held from the first question to the last answer, and no
 * longer.
 */
import type { Connection } from '../../connections/connection.ts';
import type { SettingRow } from '../../contract/correction.ts';
import type { ReadingName } from '../../contract/reading.ts';
import { settingRowsFrom } from '../settings.ts';
import { readerOver } from './reader-over.ts';
import { onceRead, takeAndTell, type Taken } from './take-readings.ts';

export type FromTerminal = Taken | { readonly settings: SettingRow[] };

/** The settings come first and once. Throws `terminal-busy`, `port-vanished`, `cancelled`. */
export async function* fromTerminal(
  connection: Connection,
  names: readonly ReadingName[],
  signal: AbortSignal,
): AsyncGenerator<FromTerminal, void, void> {
  const detail = { key: 'activity_diagnosing', facts: {} };
  const hold = await connection.use('read', 'diagnosing', detail, signal);
  try {
    const { session, profile } = connection;
    const reader = readerOver(session, signal);
    const shown = profile.settings.filter(({ secret }) => !secret);
    reader.expect([...shown.map(({ source }) => source), ...onceRead(profile, names)]);
    yield { settings: await settingRowsFrom(reader, profile, signal) };
    yield* takeAndTell(session, profile, names, signal, reader);
  } finally {
    hold.release();
  }
}
