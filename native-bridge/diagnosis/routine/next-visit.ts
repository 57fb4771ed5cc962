/** When a terminal is looked at again: as the profile says, sooner where something stands. Pure. */
import type { Finding, Routine, Trend } from '../../contract/diagnosis.ts';
import { sentence } from '../../wording/index.ts';

const dayMs = 24 * 60 * 60 * 1000;

export interface VisitFacts {
  readonly findings: readonly Finding[];
  readonly trends: readonly Trend[];
  readonly atUtc: string;
  readonly days: { readonly everyDays: number; readonly soonerDays: number };
}

export function nextVisit({
  findings,
  trends,
  atUtc,
  days,
}: VisitFacts): Pick<Routine, 'nextVisitUtc' | 'inDays' | 'why'> {
  const standing = findings.filter(
    ({ verdict }) => verdict === 'fail' || verdict === 'warn',
  ).length;
  const leading = trends.filter(({ verdict }) => verdict === 'watch').length;
  const isSooner = standing + leading > 0;
  const inDays = isSooner ? Math.min(days.soonerDays, days.everyDays) : days.everyDays;
  const nextVisitUtc = new Date(Date.parse(atUtc) + inDays * dayMs).toISOString();
  if (standing > 0) {
    return { nextVisitUtc, inDays, why: sentence('routine_why_findings', { count: standing }) };
  }
  const why = isSooner
    ? sentence('routine_why_trends', { count: leading })
    : sentence('routine_why_well', {});
  return { nextVisitUtc, inDays, why };
}
