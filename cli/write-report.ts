/** Files that the shell writes where its user asked for them. */
import { dirname } from 'node:path';
import { BridgeFault } from '../native-bridge/contract/bridge-fault.ts';
import { writeWholeFile } from '../native-bridge/records/whole-file.ts';
import { usageError } from './usage-error.ts';

/** Throws a BridgeFault `disk-full`, else a UsageError with the file and what the system said. */
export async function writeReport(file: string, content: string | Uint8Array): Promise<void> {
  await writeWholeFile(file, content).catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    if (reason === 'ENOSPC' || reason === 'EDQUOT') {
      throw new BridgeFault('disk-full', { folder: dirname(file) }, { cause });
    }
    throw usageError('cli_usage_cannot_write', { file, reason });
  });
}
