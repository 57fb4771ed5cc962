/**
 * What a diagnosis rests on, from both sides at the same time: the terminal over its line, and this
 * computer over its own network. Neither waits for the other, and a cancel ends both.
 */
import type { Connection } from '../../connections/connection.ts';
import type { SettingRow } from '../../contract/correction.ts';
import type { ReadingName } from '../../contract/reading.ts';
import type { Context } from '../context.ts';
import { computerSide, type FromComputer } from './computer-side.ts';
import { fromTerminal, type FromTerminal } from './from-terminal.ts';
import { together } from './together.ts';

export type FromBothSides = FromTerminal | FromComputer;

/** Throws as `fromTerminal`; what the computer can't find out is a reading that is unread. */
export async function* bothSides(
  { trainings }: Context,
  connection: Connection,
  names: readonly ReadingName[],
  signal: AbortSignal,
): AsyncGenerator<FromBothSides, void, void> {
  const { profile } = connection;
  const expected = merchantNumberIn(profile.settings);
  let tell: (merchantNumber: string | null) => void = () => undefined;
  const merchantNumber = new Promise<string | null>((resolve) => (tell = resolve));
  if (expected !== null) tell(expected);

  /** Who nobody expected is who the terminal says it is. */
  async function* terminal(stop: AbortSignal): AsyncGenerator<FromTerminal, void, void> {
    try {
      for await (const arrived of fromTerminal(connection, names, stop)) {
        if ('settings' in arrived) tell(currentMerchantNumber(arrived.settings));
        yield arrived;
      }
    } finally {
      tell(null);
    }
  }

  const asked = { trainingHosts: trainings.hosts, merchantNumber };
  const computer = (stop: AbortSignal) => computerSide(profile, asked, stop);
  yield* together<FromBothSides>([terminal, computer], signal);
}

const settingName = 'payment.merchantNumber';

function merchantNumberIn(
  settings: readonly { readonly key: string; readonly expected: string | null }[],
): string | null {
  return settings.find(({ key }) => key === settingName)?.expected ?? null;
}

function currentMerchantNumber(rows: readonly SettingRow[]): string | null {
  return rows.find(({ key }) => key === settingName)?.current ?? null;
}
