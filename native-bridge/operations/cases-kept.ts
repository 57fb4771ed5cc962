/** Which cases are kept: deleting a merchant's, a terminal's or old ones, and for how long they stay. */
import { BridgeFault } from '../contract/bridge-fault.ts';
import { preferencesSchema } from '../contract/history.ts';
import type { Params, Result } from '../contract/requests.ts';
import { keepDaysKey } from '../records/keep-days.ts';
import type { Context } from './context.ts';

/** Throws `bad-request` where no condition is given: everything is never meant. */
export async function deleteHistory(
  context: Context,
  { dryRun, ...filter }: Params<'deleteHistory'>,
): Promise<Result<'deleteHistory'>> {
  const { merchant, serialNumber, beforeUtc } = filter;
  if (merchant === null && serialNumber === null && beforeUtc === null) {
    throw new BridgeFault('bad-request', {
      path: 'merchant',
      expected: 'merchant, serialNumber or beforeUtc',
    });
  }
  const { records } = context;
  return dryRun ? await records.lookAtErasure(filter) : await records.erase(filter);
}

export async function getPreferences({ records }: Context): Promise<Result<'getPreferences'>> {
  const days = await records.getPreference(keepDaysKey);
  const known = preferencesSchema.safeParse({ keepDays: days === null ? null : Number(days) });
  return known.success ? known.data : { keepDays: null };
}

/** `keepDays` counts from the next start of the program. */
export async function setPreferences(
  context: Context,
  { keepDays }: Params<'setPreferences'>,
): Promise<Result<'setPreferences'>> {
  if (keepDays !== undefined) {
    await context.records.setPreference(keepDaysKey, keepDays === null ? null : String(keepDays));
  }
  return await getPreferences(context);
}
