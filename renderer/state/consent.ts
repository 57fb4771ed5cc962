/** A terminal asks on its own screen whether this computer may: who did not let it in says so by these. */
import type { Fault } from '../../native-bridge/contract/fault.ts';

const codes: ReadonlySet<string> = new Set([
  'adb-not-authorised',
  'adb-tap-timeout',
  'adb-locked-down',
]);

export const lacksConsent = ({ code }: Fault): boolean => codes.has(code);
