/** What a shell sets: refused in words alone, or taken and not kept, where the terminal is like that. */
import type { Device } from '../device/device.ts';
import type { Printed } from '../shell/command.ts';

export interface Outcomes {
  /** What it says where the shell may not; it ends well all the same, as many of them do. */
  readonly refused: Printed;
  /** Also said where nothing came of it. */
  readonly taken: Printed;
  readonly write: () => void;
}

export function writing({ faults }: Device, { refused, taken, write }: Outcomes): Printed {
  if (faults.has('writes-refused')) return refused;
  if (!faults.has('writes-not-taken')) write();
  return taken;
}

/** As android.app.ContextImpl says it of a shell's user. */
export const notPermitted = (permission: string): string =>
  `java.lang.SecurityException: Neither user 2000 nor current process has android.permission.${permission}.`;
