/**
 * A backup as the technician's corrections since have left it: theirs is the newer word. Who takes
 * the newer backup instead would lose what an update took away and only the older one still has.
 */
import type { Backup } from '../../contract/backup.ts';
import type { KeptCorrection } from '../../records/types.ts';
import { encoded, hexOf, type CorrectionChange } from '../setting-value.ts';

/** `corrections`: of the terminal, newest first, as the records list them. */
export function correctedSince(backup: Backup, corrections: readonly KeptCorrection[]): Backup {
  const values = new Map(backup.values.map(({ key, bytes }) => [key, bytes]));
  const since = corrections.filter(({ atUtc }) => atUtc > backup.atUtc);
  for (const { changes } of since.filter((one) => stands(one, since)).toReversed()) {
    for (const change of changes) {
      if (!change.secret) values.set(change.key, bytesAfter(change));
    }
  }
  return {
    ...backup,
    values: Array.from(values, ([key, bytes]) => ({ key, bytes })),
    unread: backup.unread.filter(({ key }) => !values.has(key)),
  };
}

/** A correction and its undo leave what was there before, and that may be what the update lost. */
function stands(
  { outcome, undoneUtc, undoes }: KeptCorrection,
  since: readonly KeptCorrection[],
): boolean {
  if (undoneUtc !== null || since.some(({ id }) => id === undoes)) return false;
  return outcome === 'applied' || outcome === 'undone';
}

function bytesAfter({ after, bytes }: CorrectionChange): string | null {
  return bytes ? bytes.after : hexOf(encoded(after));
}
