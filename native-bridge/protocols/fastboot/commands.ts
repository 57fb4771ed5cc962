/**
 * The commands that are sent (AOSP, system/core/fastboot/README.md, "Command Reference"). A command
 * is its text; names come from packages and devices, so that they are held to the letters that
 * partition names have.
 */

/** Newer boot loaders take 4096; every one takes these. */
export const maxCommandBytes = 64;
/** The size is written with eight hexadecimal digits. */
export const maxDownloadBytes = 0xffff_ffff;

export type RebootTarget = 'system' | 'bootloader' | 'fastboot' | 'recovery';

const reboots: Readonly<Record<RebootTarget, string>> = {
  system: 'reboot',
  bootloader: 'reboot-bootloader',
  fastboot: 'reboot-fastboot',
  recovery: 'reboot-recovery',
};

/** The bytes of a command; null: longer than a boot loader takes, or not plain letters. */
export function encodeCommand(command: string): Uint8Array | null {
  const isPlain = /^[\x20-\x7e]+$/.test(command);
  return isPlain && command.length <= maxCommandBytes ? new TextEncoder().encode(command) : null;
}

/** True for what may stand behind a command's colon as a partition or a slot. */
export function isPartitionName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,47}$/.test(name);
}

/** True for what can be asked for by name: names come from packages. */
export function isVariableName(name: string): boolean {
  const isPlain = /^[\x21-\x7e]+$/.test(name) && name !== 'all';
  return isPlain && getvar(name).length <= maxCommandBytes;
}

export const getvar = (variable: string): string => `getvar:${variable}`;
export const download = (sizeBytes: number): string =>
  `download:${sizeBytes.toString(16).padStart(8, '0')}`;
export const flash = (partition: string): string => `flash:${partition}`;
export const erase = (partition: string): string => `erase:${partition}`;
export const setActive = (slot: string): string => `set_active:${slot}`;
export const reboot = (target: RebootTarget): string => reboots[target];
/** Of fastbootd alone ("Command Reference"): sizes are decimal. */
export const resizeLogical = (partition: string, sizeBytes: number): string =>
  `resize-logical-partition:${partition}:${sizeBytes}`;
export const updateSuper = (partition: string, wipe: boolean): string =>
  `update-super:${partition}${wipe ? ':wipe' : ''}`;
export const cancelSnapshot = 'snapshot-update:cancel';
