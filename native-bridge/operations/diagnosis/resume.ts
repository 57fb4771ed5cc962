/** The diagnosis that a visit is at, and the questions there are. Nothing is read. */
import type { Params, Result } from '../../contract/requests.ts';
import { allQuestions } from '../../diagnosis/index.ts';
import type { Context } from '../context.ts';
import { isSameVisit } from '../the-case.ts';
import { lastDiagnosis } from './conclude.ts';

export function listQuestions(
  _context: Context,
  { symptom }: Params<'listQuestions'>,
): Promise<Result<'listQuestions'>> {
  return Promise.resolve({ questions: allQuestions(symptom) });
}

/** Throws `case-unknown`. */
export async function resumeDiagnosis(
  context: Context,
  { terminalId, caseId }: Params<'resumeDiagnosis'>,
): Promise<Result<'resumeDiagnosis'>> {
  if (caseId !== null) return { diagnosis: await lastDiagnosis(context, caseId) };
  const current = terminalId === null ? null : await context.records.currentCase(terminalId);
  if (current === null || !isSameVisit(context, current)) return { diagnosis: null };
  return { diagnosis: await lastDiagnosis(context, current.id) };
}
