/** The ways in which MCUboot is built, with Zephyr's numbers for them (OS group, command 8). */
export const bootModes = {
  swap: 3,
  'swap-scratch': 1,
  'swap-offset': 9,
  'overwrite-only': 2,
  'single-slot': 0,
  'direct-xip': 4,
  'direct-xip-revert': 5,
  'ram-load': 6,
} as const;
export type BootMode = keyof typeof bootModes;

export function isSwapMode(mode: BootMode): boolean {
  return mode === 'swap' || mode === 'swap-scratch' || mode === 'swap-offset';
}

/** The newest valid image runs from the slot in which it is. */
export function picksNewest(mode: BootMode): boolean {
  return mode === 'direct-xip' || mode === 'direct-xip-revert' || mode === 'ram-load';
}

/** Images can be marked for a trial or for good. */
export function takesMarks(mode: BootMode): boolean {
  return mode !== 'direct-xip' && mode !== 'ram-load';
}

/** Status records that a swap writes for each sector: moved up and exchanged, or copied thrice. */
export function recordsPerSector(mode: BootMode): number {
  if (mode === 'swap' || mode === 'swap-scratch') return 3;
  return mode === 'swap-offset' ? 2 : 0;
}
