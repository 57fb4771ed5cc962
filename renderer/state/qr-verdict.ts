/** What a code comes to in one sign: the worst of what is wrong in it and of what it was compared with. */
import type { Verdict } from '../../native-bridge/contract/diagnosis.ts';
import type { QrInspection } from '../../native-bridge/contract/qr.ts';

/** `unknown`: nothing speaks against it, and it does not say all that would speak for it. */
export function qrVerdict({ kind, faults, cautions, against }: QrInspection): Verdict {
  const all = against.map(({ verdict }) => verdict);
  if (faults.length > 0 || all.includes('fail')) return 'fail';
  if (cautions.length > 0 || all.includes('warn')) return 'warn';
  return all.includes('unknown') || kind !== 'merchant-presented' ? 'unknown' : 'pass';
}
