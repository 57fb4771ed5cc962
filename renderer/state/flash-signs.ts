/** The sign of each verdict of a flash, the same wherever it is shown. */
import type { Verdict } from '../../native-bridge/contract/diagnosis.ts';
import type { FlashVerdict } from '../../native-bridge/contract/firmware.ts';

export const flashSigns: Readonly<Record<FlashVerdict, Verdict>> = {
  done: 'pass',
  'done-late': 'pass',
  'nothing-changed': 'warn',
  reverted: 'warn',
  'not-trading': 'warn',
  'needs-firmware': 'fail',
  unrecoverable: 'fail',
  unknown: 'unknown',
};
