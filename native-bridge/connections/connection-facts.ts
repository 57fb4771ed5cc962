/** What a connection begins with, and what is kept of the last diagnosis over it. */
import type { SettingRow } from '../contract/correction.ts';
import type { FlashResult } from '../contract/firmware.ts';
import type { Reading } from '../contract/reading.ts';
import type { Identity, Unfinished } from '../contract/terminal.ts';
import type { Profile } from '../terminals/profile.ts';

export interface ConnectionFacts {
  readonly terminalId: string;
  readonly portUrl: string;
  readonly profile: Profile;
  readonly identity: Identity;
  /** Hashes of the images it held, hex. */
  readonly slotHashes: readonly string[];
  /** Only its boot loader answers. */
  readonly bootLoader: boolean;
  /** Paths of the ports there were when it was connected. */
  readonly portsBefore: ReadonlySet<string>;
  /** Of the USB device behind its port; null: none, or a port without one. */
  readonly usbSerialNumber: string | null;
  readonly training: boolean;
  readonly nickname: string | null;
  readonly lastVisitUtc: string | null;
  readonly lastCause: string | null;
}

/** What the last diagnosis read: another answer is judged by it, without reading all again. */
export interface LastRead {
  readonly caseId: string;
  readonly readings: readonly Reading[];
  readonly settings: readonly SettingRow[];
  /** How far this computer's clock was ahead of the network's; null: nobody told a time. */
  readonly clockReference: { readonly offsetMs: number; readonly source: string } | null;
}

/** What is shown beside a terminal, from its records. */
export interface Remarks {
  readonly nickname: string | null;
  readonly lastCause: string | null;
  /** A flash that was left open has been settled; null: a new one begins. */
  readonly settledFlash: FlashResult | null;
  /** What became of a correction that was cut off; null: nothing, or nothing any more. */
  readonly unfinished: Unfinished | null;
}
