/** Whether a backup may be put back on this terminal; said before anything is written. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Backup } from '../../contract/backup.ts';
import type { Connection } from '../../connections/connection.ts';

/** Throws `backup-other-model`. */
export function refuseOtherModel(backup: Backup, { profile, identity }: Connection): void {
  if (backup.profile === profile.name && backup.model === identity.model) return;
  const name = (model: string, ofProfile: string) => `${model} (${ofProfile})`;
  throw new BridgeFault('backup-other-model', {
    found: name(backup.model, backup.profile),
    expected: name(identity.model, profile.name),
  });
}

/** By its serial number; where one of the two has none, by the records' own key. */
export function isOfThisTerminal(backup: Backup, { identity, terminalId }: Connection): boolean {
  const { serialNumber } = identity;
  if (backup.serialNumber !== null && serialNumber !== null) {
    return backup.serialNumber === serialNumber;
  }
  return backup.terminalId === terminalId;
}

/** Throws `backup-other-terminal`. */
export function refuseOtherTerminal(backup: Backup, connection: Connection): void {
  if (isOfThisTerminal(backup, connection)) return;
  const { serialNumber } = connection.identity;
  const known =
    backup.serialNumber !== null && serialNumber !== null
      ? { found: backup.serialNumber, expected: serialNumber }
      : {};
  throw new BridgeFault('backup-other-terminal', known);
}
