/** What the technician says while a scanner test runs. */
import type { Params, Result } from '../../contract/requests.ts';
import type { Context } from '../context.ts';

export function answerScannerTest(
  context: Context,
  { terminalId, number, answer }: Params<'answerScannerTest'>,
): Promise<Result<'answerScannerTest'>> {
  return Promise.resolve({ taken: context.scannerTests.answer(terminalId, number, answer) });
}
