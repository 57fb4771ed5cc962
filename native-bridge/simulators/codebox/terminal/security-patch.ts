/** The day of the security patches in the firmware that runs. */
import type { Terminal } from './terminal.ts';

const OLD_PATCH = '2022-03-05';
const MONTHS_AGO = 3;
const DAY_OF_MONTH = 5;

/** `2026-08-05`: what a firmware that is kept up has. */
export function securityPatch({ firmwareOld, lacksPatches }: Terminal): string {
  if (firmwareOld || lacksPatches) return OLD_PATCH;
  const today = new Date(Date.now());
  const month = today.getUTCMonth() - MONTHS_AGO;
  return new Date(Date.UTC(today.getUTCFullYear(), month, DAY_OF_MONTH)).toISOString().slice(0, 10);
}
