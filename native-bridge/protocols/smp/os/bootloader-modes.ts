/** MCUboot's modes by their number in the boot loader info. Zephyr, OS group, "Bootloader Information". */
export const bootloaderModes = [
  'single-slot',
  'swap-scratch',
  'overwrite-only',
  'swap',
  'direct-xip',
  'direct-xip-revert',
  'ram-load',
  'firmware-loader',
  'single-slot-ram-load',
  'swap-offset',
] as const;
