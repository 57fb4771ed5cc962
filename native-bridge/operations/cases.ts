/** Cases: the history, and one case as it was. */
import type { Params, Result } from '../contract/requests.ts';
import { summarize } from '../records/report/summary.ts';
import type { Context } from './context.ts';

export async function listCases(
  context: Context,
  filter: Params<'listCases'>,
): Promise<Result<'listCases'>> {
  const { records } = context;
  return {
    cases: await records.listCases(filter),
    damaged: await records.listDamagedCases(filter),
    total: await records.countCases(filter),
  };
}

export async function listCaseValues({ records }: Context): Promise<Result<'listCaseValues'>> {
  return await records.caseValues();
}

/** Throws `case-unknown`. */
export async function lookAtCase(
  { records }: Context,
  { caseId }: Params<'lookAtCase'>,
): Promise<Result<'lookAtCase'>> {
  const record = await records.getCase(caseId);
  const summary = summarize(record);
  const { outcome, notTradingYet, diagnoses, telling, changes, next } = summary;
  return {
    record,
    outcome,
    notTradingYet,
    tellingDiagnosis: telling === null ? null : diagnoses.indexOf(telling),
    changes: [...changes],
    next: next.map(({ who, check, what }) => ({ who, check, what })),
    signed: await records.signedState(caseId),
  };
}

export async function getCase(
  context: Context,
  { caseId }: Params<'getCase'>,
): Promise<Result<'getCase'>> {
  return await context.records.getCase(caseId);
}

/** Throws `case-unknown`. */
export async function closeCase(
  context: Context,
  { caseId }: Params<'closeCase'>,
): Promise<Result<'closeCase'>> {
  return await context.records.closeCase(caseId);
}
