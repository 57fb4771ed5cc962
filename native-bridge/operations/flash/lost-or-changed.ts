/**
 * A setting that is not as in the backup from before the flash: was it lost by the update, or changed
 * at the terminal's own menu since? Nobody can tell by its value. Within one visit nobody but the
 * technician is there, and it is put back. Of an older backup only what is gone altogether is; what
 * has another value stays, and is named for the technician to decide.
 */
import type { Backup } from '../../contract/backup.ts';
import { ageMs } from '../age.ts';
import type { Planned } from '../apply-values.ts';
import type { Context } from '../context.ts';
import { fromHex, sameValue, type Value } from '../setting-value.ts';

/** Besides the time that the flash itself takes. */
const visitMs = 15 * 60_000;

export interface Kept {
  /** From before the flash, or before the first of several that did not come through. */
  readonly backup: Backup;
  /** Nothing but the flash can have happened since it was read. */
  readonly sure: boolean;
}

export interface Decided {
  readonly putBack: readonly Planned[];
  /** Keys of settings that are not as at first then, for the technician to decide. */
  readonly left: readonly string[];
}

/** `last`: read right before this flash, where `first` is older; null: there is none. */
export function lostOrChanged(
  changed: readonly Planned[],
  first: Kept,
  last: Kept | null,
): Decided {
  if (first.sure) return { putBack: changed, left: [] };
  const putBack: Planned[] = [];
  const left: string[] = [];
  for (const one of changed) {
    const { setting, before: now, value: atFirst } = one;
    const atLast = last?.sure === true ? valueOf(last.backup, setting.key) : null;
    const value = atLast ?? now ?? atFirst;
    if (!sameValue(value, now)) putBack.push({ ...one, value });
    if (!sameValue(value, atFirst)) left.push(setting.key);
  }
  return { putBack, left };
}

/** Read within this visit, in which the flash is expected to take so long. */
export function isOfThisVisit(context: Context, { atUtc }: Backup, flashMs: number): boolean {
  const ofMs = ageMs(context, atUtc);
  // A clock that was set back tells nothing.
  return ofMs >= 0 && ofMs <= flashMs + visitMs;
}

function valueOf({ values }: Backup, key: string): Value {
  return fromHex(values.find((value) => value.key === key)?.bytes ?? null);
}
