/** What a routine visit (巡检) says besides: where the readings go since the last visits, and the next. */
import type { Routine } from '../../contract/diagnosis.ts';
import type { Judgement } from '../../diagnosis/index.ts';
import { nextVisit } from '../../diagnosis/routine/next-visit.ts';
import { readingsOfTrends, trendsOf, type VisitReadings } from '../../diagnosis/routine/trends.ts';
import type { Profile } from '../../terminals/profile.ts';
import type { Context } from '../context.ts';

/** More tell nothing more of where it goes. */
const visitsCompared = 5;

export interface Visit {
  readonly caseId: string;
  readonly terminalId: string;
  readonly profile: Pick<Profile, 'thresholds' | 'routine'>;
  readonly now: VisitReadings;
  readonly atUtc: string;
}

export async function routineVisit(
  { records }: Context,
  { findings }: Judgement,
  { caseId, terminalId, profile, now, atUtc }: Visit,
): Promise<Routine> {
  const earlier = await records.earlierReadings({
    terminalId,
    exceptCaseId: caseId,
    names: readingsOfTrends,
    limit: visitsCompared,
  });
  const { thresholds: limits, routine: days } = profile;
  const trends = trendsOf(now, earlier, { limits, everyDays: days.everyDays });
  return { visits: earlier.length, trends, ...nextVisit({ findings, trends, atUtc, days }) };
}
