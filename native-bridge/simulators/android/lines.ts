/**
 * What the terminal is reached by: a line for adbd and one for fastboot, each of which comes and goes
 * with the mode, over whatever carries them (tcp/lines.ts; a USB bus in test/usb-lab).
 */
import type { Pipe } from './adb/pipe.ts';
import type { FastbootHost } from './fastboot/session.ts';

export type Mode =
  | 'system'
  | 'recovery'
  | 'sideload'
  | 'bootloader'
  | 'fastboot'
  /** Between two others. */
  | 'starting'
  | 'off';

/** The terminal's side of one conversation. */
export interface Talk {
  receive(bytes: Uint8Array): void;
  /** The host has gone. */
  close(): void;
}

export interface Line {
  /** Where it is found. */
  readonly address: string;
  /** From here on the address is known; the line may be open for a moment. */
  reserve(): Promise<void>;
  /** Open, as long as the terminal is in this mode; again where it is open does nothing. */
  start(mode: Mode): Promise<void>;
  stop(): Promise<void>;
}

export interface Lines {
  adb(accept: (pipe: Pipe) => Talk): Line;
  /** `host`: asked at the beginning of each conversation. */
  fastboot(host: () => FastbootHost): Line;
}
