/** Cases: the history, and one case as it was. */
import type { Params, Result } from '../contract/requests.ts';
import type { Context } from './context.ts';

export async function listCases(
  context: Context,
  filter: Params<'listCases'>,
): Promise<Result<'listCases'>> {
  const { records } = context;
  return {
    cases: await records.listCases(filter),
    damaged: await records.listDamagedCases(filter),
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
