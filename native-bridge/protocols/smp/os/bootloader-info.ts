import { type SmpCommand } from '../command.ts';
import { optional, readFlag, readInteger, readText } from '../fields.ts';
import { GROUP } from '../groups.ts';

export interface BootloaderInfo {
  /** Its name, where nothing was asked. */
  readonly bootloader: string | null;
  /** MCUboot's mode of operation, where `mode` was asked; −1: it does not know. */
  readonly mode: number | null;
  /** With the mode: it refuses to start an image older than the one it has. */
  readonly noDowngrade: boolean;
}

/** Zephyr, OS group, "Bootloader Information". A `query` it does not know is refused. */
export const bootloaderInfo: SmpCommand<{ readonly query: 'mode' | null }, BootloaderInfo> = {
  name: 'os/bootloader-info',
  group: GROUP.os,
  id: 8,
  operation: 'read',
  idempotent: true,
  encode: ({ query }) => ({ query: query ?? undefined }),
  decode: (body) => ({
    bootloader: optional(readText, body, 'bootloader'),
    mode: optional(readInteger, body, 'mode'),
    noDowngrade: readFlag(body, 'no-downgrade'),
  }),
};
