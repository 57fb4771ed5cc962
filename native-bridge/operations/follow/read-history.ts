/** What earlier visits read, for the curves over past visits. */
import { followedNames, type Limits } from '../../contract/follow.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { Thresholds } from '../../terminals/profile.ts';
import type { Context } from '../context.ts';

export async function readHistory(
  { connections, records }: Context,
  { terminalId, visits: limit }: Params<'readHistory'>,
): Promise<Result<'readHistory'>> {
  const { profile } = connections.get(terminalId);
  const earlier = await records.earlierReadings({
    terminalId,
    exceptCaseId: '',
    names: followedNames,
    limit,
  });
  return {
    visits: earlier.reverse().map(({ caseId, readings }) => ({
      caseId,
      values: readings.map(({ name, value, unit, atUtc }) => ({ name, value, unit, atUtc })),
    })),
    limits: limitsOf(profile.thresholds),
  };
}

function limitsOf(thresholds: Thresholds): Limits {
  const { batteryWarnPercent, batteryFailPercent, batteryHotCelsius } = thresholds;
  const { wifiWeakDbm, wifiPoorDbm, cellularWeakDbm, cellularPoorDbm } = thresholds;
  const { clockWarnSeconds, clockFailSeconds } = thresholds;
  return {
    ...{ batteryWarnPercent, batteryFailPercent, batteryHotCelsius },
    ...{ wifiWeakDbm, wifiPoorDbm, cellularWeakDbm, cellularPoorDbm },
    ...{ clockWarnSeconds, clockFailSeconds },
  };
}
