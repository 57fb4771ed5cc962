/** The simulated Android terminals as training terminals, connected. */
import type { Reading, ReadingName } from '../../native-bridge/contract/reading.ts';
import type { Bench } from './bench.ts';
import { connectBox, openBench } from './bench.ts';

export const androidModels = ['at-700', 'at-900'] as const;
export type AndroidModel = (typeof androidModels)[number];

export interface AndroidTerminal extends Bench {
  readonly terminalId: string;
  readonly portUrl: string;
  setFault(fault: string, on: boolean): Promise<void>;
  read(...names: ReadingName[]): Promise<Partial<Record<ReadingName, Reading>>>;
}

export async function connectAndroid(
  model: AndroidModel,
  faults: string[] = [],
  bench?: Bench,
): Promise<AndroidTerminal> {
  const used = bench ?? (await openBench());
  const { terminal, trainingId, portUrl } = await connectBox(used, { model, faults });
  const terminalId = terminal.id;
  return {
    ...used,
    terminalId,
    portUrl,
    setFault: async (fault, on) => {
      await used.bridge.request('setTrainingFault', { trainingId, fault, on });
    },
    read: async (...names) => {
      const asked = { terminalId, names: names.length > 0 ? names : null };
      const { readings } = await used.bridge.request('readTerminal', asked);
      return Object.fromEntries(readings.map((reading) => [reading.name, reading]));
    },
  };
}
