/**
 * Which slot is written. "Other" is the one that does not hold the system that last started well: after
 * a flash that was cut off the boot loader may already name the half-written one as current.
 */
import type { FastbootVariables } from '../../../protocols/fastboot/variables.ts';

export interface Slots {
  /** To be written, `a` or `b`; null: the terminal has no slots. */
  readonly target: string | null;
  /** The one that keeps the system from before; null: none does. */
  readonly kept: string | null;
}

export function slotsOf(
  { slotCount, currentSlot, slots }: FastbootVariables,
  choice: 'current' | 'other',
): Slots {
  if ((slotCount ?? 0) < 2 || currentSlot === null) return { target: null, kept: null };
  if (choice === 'current') return { target: currentSlot, kept: null };
  const other = otherThan(currentSlot);
  const halfWritten =
    slots.get(currentSlot)?.successful === false && slots.get(other)?.successful === true;
  return halfWritten ? { target: currentSlot, kept: other } : { target: other, kept: currentSlot };
}

/** There are two of them on every terminal with slots. */
export function otherThan(slot: string): string {
  return slot === 'a' ? 'b' : 'a';
}
