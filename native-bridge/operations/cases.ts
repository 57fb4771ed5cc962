/** Cases: the history, one case as it was, and its report. */
import type { Params, Result } from '../contract/requests.ts';
import { makeReport as renderReport } from '../records/report/report.ts';
import type { Context } from './context.ts';

export async function listCases(
  context: Context,
  filter: Params<'listCases'>,
): Promise<Result<'listCases'>> {
  return { cases: await context.records.listCases(filter) };
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

/**
 * The report's text. The report is what ends a visit, so it closes the case; what follows under the
 * same case's id is still added to it. Throws `case-unknown`.
 */
export async function makeReport(
  context: Context,
  { caseId, format, locale }: Params<'makeReport'>,
): Promise<Result<'makeReport'>> {
  await context.records.closeCase(caseId);
  const record = await context.records.getCase(caseId);
  const serial = record.identity.serialNumber ?? record.terminalId.slice(0, 8);
  const day = record.openedUtc.slice(0, 10);
  return {
    text: renderReport(record, { locale, format }),
    suggestedName: `${day}-${serial.replaceAll(/[^\w.-]/g, '_')}.${format}`,
  };
}
