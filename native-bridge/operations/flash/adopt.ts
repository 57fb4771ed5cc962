/** What the terminal says of itself after a flash, for the connection and for the next visit. */
import { faultOf } from '../../contract/bridge-fault.ts';
import { firmwareIds, type FirmwareState } from './method.ts';
import type { Run } from './run.ts';

export async function adoptFirmware(
  { connection, context }: Pick<Run, 'connection' | 'context'>,
  state: FirmwareState,
): Promise<void> {
  const { running } = state;
  connection.identity = {
    ...connection.identity,
    firmwareVersion: running?.version ?? null,
    firmwareHash: running?.id ?? null,
  };
  // The terminal is proven; records that fail now do not change that.
  await context.records
    .noteIdentity(connection.terminalId, connection.identity, firmwareIds(state))
    .catch((error: unknown) => context.log.warn(`identity not noted: ${faultOf(error).code}`));
}
