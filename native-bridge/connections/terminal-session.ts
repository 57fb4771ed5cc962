/** The open conversation with a terminal, in whichever protocol its door speaks. */
import type { AdbSession } from '../sessions/adb/adb-session.ts';
import type { FastbootSession } from '../sessions/fastboot/fastboot-session.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';

export type TerminalSession = SmpSession | AdbSession | FastbootSession;

/** As people call the door. */
export const doorNames: Readonly<Record<TerminalSession['kind'], string>> = {
  smp: 'SMP',
  adb: 'ADB',
  fastboot: 'fastboot',
};
