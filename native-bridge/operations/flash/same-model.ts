/**
 * New firmware that says it is another model: made for one, or for this one and wrongly. An MCUboot
 * image does not name its model, so this is the first moment at which it shows.
 */
import type { Fault } from '../../contract/fault.ts';
import { takeReadings } from '../readings/take-readings.ts';
import type { OtherModel } from './judge-common.ts';
import type { Run } from './run.ts';

const timeoutMs = 15_000;

/** null: it says what it said before, or what its profile admits, or nothing just now. */
export async function otherModel({ connection, entry, signal, unattended }: Run) {
  const { session, profile } = connection;
  const admitted = new Set(profile.firmware?.models ?? []);
  if (entry.model) admitted.add(entry.model);
  if (admitted.size === 0) return null;
  const deadline = AbortSignal.timeout(timeoutMs);
  const until = unattended ? AbortSignal.any([deadline, signal]) : deadline;
  for await (const { value } of takeReadings(session, profile, ['identity.model'], until)) {
    if (typeof value !== 'string' || admitted.has(value)) continue;
    return { found: value, expected: [...admitted].join(', ') } satisfies OtherModel;
  }
  return null;
}

export function wrongModel({ found, expected }: OtherModel): Fault {
  return { code: 'image-wrong-model', facts: { found, expected }, trace: [] };
}
